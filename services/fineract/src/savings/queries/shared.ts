/** Pieces that several answers of savings share. */
import { currencyBody as currencyOption } from '../../organisation/index.ts';
import {
  calculationOptions,
  compoundingOptions,
  daysInYearOptions,
  lockinOptions,
  postingOptions,
} from '../rules/options.ts';
import type { Terms } from '../rules/terms.ts';

export interface CurrencyColumns {
  readonly currencyName: string;
  readonly displaySymbol: string | null;
}

/** The currency, with the decimals and multiples that the product chose. */
export function currencyBody(row: Terms & CurrencyColumns) {
  return currencyOption({
    code: row.currencyCode,
    name: row.currencyName,
    decimalPlaces: row.digitsAfterDecimal,
    inMultiplesOf: row.inMultiplesOf,
    displaySymbol: row.displaySymbol,
  });
}

/** The terms as both products and accounts show them. */
export function termsBody(row: Terms) {
  return {
    nominalAnnualInterestRate: row.nominalAnnualInterestRate,
    interestCompoundingPeriodType: compoundingOptions[row.interestCompoundingPeriodType],
    interestPostingPeriodType: postingOptions[row.interestPostingPeriodType],
    interestCalculationType: calculationOptions[row.interestCalculationType],
    interestCalculationDaysInYearType: daysInYearOptions[row.interestCalculationDaysInYearType],
    minRequiredOpeningBalance: row.minRequiredOpeningBalance,
    lockinPeriodFrequency: row.lockinPeriodFrequency,
    lockinPeriodFrequencyType:
      row.lockinPeriodFrequencyType === null ? null : lockinOptions[row.lockinPeriodFrequencyType],
    withdrawalFeeForTransfers: row.withdrawalFeeForTransfers,
    allowOverdraft: row.allowOverdraft,
    overdraftLimit: row.overdraftLimit,
    nominalAnnualInterestRateOverdraft: row.nominalAnnualInterestRateOverdraft,
    minOverdraftForInterestCalculation: row.minOverdraftForInterestCalculation,
    enforceMinRequiredBalance: row.enforceMinRequiredBalance,
    minRequiredBalance: row.minRequiredBalance,
    minBalanceForInterestCalculation: row.minBalanceForInterestCalculation,
    lienAllowed: false,
    withHoldTax: false,
    isDormancyTrackingActive: false,
  };
}
