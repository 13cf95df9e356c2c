/** Loads a bank's configuration from YAML over the HTTP API. */
export { applyPlan } from './apply.ts';
export { readBankFiles } from './bank-files.ts';
export { formatPlan, planData } from './format-plan.ts';
export { planConfig } from './plan.ts';
