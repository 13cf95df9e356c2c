/** Imports a bank's history from CSV files by a mapping, over the HTTP API. */
export { createProgress } from './progress.ts';
export { formatOutcome } from './report.ts';
export { type ImportOutcome, runImport } from './run-import.ts';
