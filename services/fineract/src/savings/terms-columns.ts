/** The columns of the terms, which products and accounts share, as fragments of their statements. */
import { join, raw, type Sql, sql } from '@fineract-gitops/db';
import type { Terms } from './rules/terms.ts';

const COLUMNS: Readonly<Record<keyof Terms, string>> = {
  currencyCode: 'currency_code',
  digitsAfterDecimal: 'digits_after_decimal',
  inMultiplesOf: 'in_multiples_of',
  nominalAnnualInterestRate: 'nominal_annual_interest_rate',
  interestCompoundingPeriodType: 'interest_compounding_period_type',
  interestPostingPeriodType: 'interest_posting_period_type',
  interestCalculationType: 'interest_calculation_type',
  interestCalculationDaysInYearType: 'interest_calculation_days_in_year',
  minRequiredOpeningBalance: 'min_required_opening_balance',
  lockinPeriodFrequency: 'lockin_period_frequency',
  lockinPeriodFrequencyType: 'lockin_period_frequency_type',
  withdrawalFeeForTransfers: 'withdrawal_fee_for_transfers',
  allowOverdraft: 'allow_overdraft',
  overdraftLimit: 'overdraft_limit',
  nominalAnnualInterestRateOverdraft: 'nominal_annual_interest_rate_overdraft',
  minOverdraftForInterestCalculation: 'min_overdraft_for_interest_calculation',
  enforceMinRequiredBalance: 'enforce_min_required_balance',
  minRequiredBalance: 'min_required_balance',
  minBalanceForInterestCalculation: 'min_balance_for_interest_calculation',
};
const NAMES = Object.keys(COLUMNS) as (keyof Terms)[];

/** `currency_code, digits_after_decimal, …`, for `insert into` and `update … set (…)`. */
export const termsColumns: Sql = raw(Object.values(COLUMNS).join(', '));

/** The values in the order of `termsColumns`. */
export function termsValues(terms: Terms): Sql {
  return join(NAMES.map((name) => sql`${terms[name]}`));
}

/** `a.currency_code as "currencyCode", …`: rows that are `Terms`. */
export function selectTerms(alias: 'a' | 'p'): Sql {
  return raw(NAMES.map((name) => `${alias}.${COLUMNS[name]} as "${name}"`).join(', '));
}

/** Only the terms of a wider row. */
export function termsOf(row: Terms): Terms {
  return Object.fromEntries(NAMES.map((name) => [name, row[name]])) as unknown as Terms;
}
