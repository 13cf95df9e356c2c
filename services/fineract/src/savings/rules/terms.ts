/** The terms that a product sets and each of its accounts carries a copy of. */
import type { Decimal } from '@fineract-gitops/money';
import { type ParameterError, parameterError, validationFailed } from '../../kernel/index.ts';

export interface Terms {
  readonly currencyCode: string;
  readonly digitsAfterDecimal: number;
  readonly inMultiplesOf: number | null;
  /** Percent a year. */
  readonly nominalAnnualInterestRate: Decimal;
  readonly interestCompoundingPeriodType: number;
  readonly interestPostingPeriodType: number;
  readonly interestCalculationType: number;
  readonly interestCalculationDaysInYearType: number;
  readonly minRequiredOpeningBalance: Decimal | null;
  readonly lockinPeriodFrequency: number | null;
  readonly lockinPeriodFrequencyType: number | null;
  readonly withdrawalFeeForTransfers: boolean;
  readonly allowOverdraft: boolean;
  readonly overdraftLimit: Decimal | null;
  readonly nominalAnnualInterestRateOverdraft: Decimal | null;
  readonly minOverdraftForInterestCalculation: Decimal | null;
  readonly enforceMinRequiredBalance: boolean;
  readonly minRequiredBalance: Decimal | null;
  readonly minBalanceForInterestCalculation: Decimal | null;
}

/** @throws ApiError 400 when the terms contradict each other */
export function checkTerms(resource: string, terms: Terms): void {
  const problems: ParameterError[] = [];
  const refuse = (parameter: string, code: string, message: string) =>
    problems.push(parameterError(`validation.msg.${resource}.${code}`, parameter, message));
  if (terms.interestCompoundingPeriodType > terms.interestPostingPeriodType) {
    refuse(
      'interestCompoundingPeriodType',
      'posting.period.type.is.less.than.compound.period.type',
      'Interest cannot be compounded less often than it is posted.',
    );
  }
  if ((terms.lockinPeriodFrequency === null) !== (terms.lockinPeriodFrequencyType === null)) {
    refuse(
      'lockinPeriodFrequencyType',
      'lockinPeriodFrequencyType.cannot.be.blank',
      'A lock-in period needs both its length and its unit.',
    );
  }
  if (terms.enforceMinRequiredBalance && terms.minRequiredBalance === null) {
    refuse(
      'minRequiredBalance',
      'minRequiredBalance.cannot.be.blank',
      'A minimum balance that is enforced needs its amount.',
    );
  }
  if (problems.length > 0) throw validationFailed(problems);
}
