/** What the terms of an account say about its interest. */
import type { LocalDate } from '@fineract-gitops/dates';
import { ZERO } from '@fineract-gitops/money';
import type { Terms } from '../terms.ts';
import type { InterestTerms } from './calculate.ts';
import { postingDateAfter } from './periods.ts';

export function interestTermsOf(terms: Terms): InterestTerms {
  return {
    annualRatePercent: terms.nominalAnnualInterestRate,
    overdraftRatePercent: terms.allowOverdraft ? (terms.nominalAnnualInterestRateOverdraft ?? ZERO) : ZERO,
    daysInYear: terms.interestCalculationDaysInYearType,
    calculation: terms.interestCalculationType,
    compounding: terms.interestCompoundingPeriodType,
    posting: terms.interestPostingPeriodType,
    minBalance: terms.minBalanceForInterestCalculation ?? ZERO,
    minOverdraft: terms.minOverdraftForInterestCalculation ?? ZERO,
    decimalPlaces: terms.digitsAfterDecimal,
    inMultiplesOf: terms.inMultiplesOf ?? 0,
  };
}

/** When the interest of the period that begins on `from` is due; `null` for accounts that never earn or owe any. */
export function interestDueOn(terms: Terms, from: LocalDate): LocalDate | null {
  const { annualRatePercent, overdraftRatePercent, posting } = interestTermsOf(terms);
  if (annualRatePercent.isZero() && overdraftRatePercent.isZero()) return null;
  return postingDateAfter(from, posting);
}
