import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENT_ATTEMPTS } from '../api/client.ts';
import { type BankOptions, bankOptions, openBank } from '../api/options.ts';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { createProgress, formatOutcome, type ImportOutcome, runImport } from '../import/index.ts';
import { layoutOf } from '../local/layout.ts';

interface ImportOptions extends BankOptions {
  readonly mapping?: string;
  readonly source?: string;
  readonly dryRun: boolean;
  readonly resume: boolean;
  readonly skipRejected: boolean;
  readonly report?: string;
}

export const command: CommandModule<ImportOptions> = {
  description: [
    'Loads offices, clients, savings accounts and transactions from CSV files, by a mapping in YAML. Checks every row',
    'before anything is sent; can be interrupted at any moment and run again; ends by comparing every account with the',
    `source. Exit codes: ${ExitCode.ok} it reconciles, ${ExitCode.differences} it does not, ${ExitCode.refused} rows were rejected and nothing was sent.`,
  ].join(' '),
  options: [
    { flags: '--mapping <file>', text: 'the mapping, YAML' },
    { flags: '--source <directory>', text: 'where the CSV files are' },
    { flags: '--dry-run', text: 'check every row and send nothing', value: false },
    {
      flags: '--resume',
      text: 'go on with the import that was interrupted, without checking again',
      value: false,
    },
    { flags: '--skip-rejected', text: 'import the other rows when some are rejected', value: false },
    { flags: '--report <file>', text: 'write the whole report to a file, as JSON' },
    ...bankOptions,
  ],
  async run({ options }) {
    const { mapping, source } = options;
    if (!mapping || !source) {
      throw new CliError('Say what to import: --mapping FILE and --source DIRECTORY.', ExitCode.usage);
    }
    const outcome = await runImport({
      ...options,
      mappingFile: mapping,
      sourceDirectory: source,
      api: () => openBank(options, PATIENT_ATTEMPTS),
      bankName: `${options.url} ${options.tenant}`,
      stageDirectory: join(layoutOf().data, 'imports'),
      progress: createProgress(options.json),
    });
    if (options.report) writeReport(options.report, outcome);
    return { data: outcome, text: formatOutcome(outcome), exitCode: exitCodeOf(outcome) };
  },
};

function exitCodeOf({ dryRun, reconciliation }: ImportOutcome): ExitCode {
  if (dryRun) return reconciliation.rejected.length === 0 ? ExitCode.ok : ExitCode.refused;
  return reconciliation.reconciled ? ExitCode.ok : ExitCode.differences;
}

function writeReport(file: string, outcome: ImportOutcome): void {
  try {
    writeFileSync(file, `${JSON.stringify(outcome, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new CliError(
      `The import is done, but its report cannot be written to ${file} (${(error as NodeJS.ErrnoException).code}).`,
      ExitCode.failed,
    );
  }
}
