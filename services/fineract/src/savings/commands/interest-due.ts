/** When the interest of an account is next due. */
import type { LocalDate } from '@fineract-gitops/dates';
import { ZERO } from '@fineract-gitops/money';
import { postingDateAfter } from '../rules/interest/periods.ts';
import type { Terms } from '../rules/terms.ts';

/** The posting date of the period that begins on `from`; `null` for accounts that never earn or owe interest. */
export function firstInterestDueOn(terms: Terms, from: LocalDate): LocalDate | null {
  const overdraftRate = terms.allowOverdraft ? (terms.nominalAnnualInterestRateOverdraft ?? ZERO) : ZERO;
  if (terms.nominalAnnualInterestRate.isZero() && overdraftRate.isZero()) return null;
  return postingDateAfter(from, terms.interestPostingPeriodType);
}
