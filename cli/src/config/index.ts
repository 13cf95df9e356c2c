/** Loads a bank's configuration from YAML over the HTTP API. */
export { type Applied, type ApplyOptions, applyConfig, applyPlan } from './apply.ts';
export { readBankFiles } from './bank-files.ts';
export { formatPlan, planData, summary } from './format-plan.ts';
export { planConfig } from './plan.ts';
