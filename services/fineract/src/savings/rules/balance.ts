/** What a balance may be, and how much of a movement happens below zero. */
import { addDays, addMonths, type LocalDate } from '@fineract-gitops/dates';
import { Decimal, ZERO } from '@fineract-gitops/money';

export interface BalanceLimits {
  readonly allowOverdraft: boolean;
  readonly overdraftLimit: Decimal | null;
  readonly enforceMinRequiredBalance: boolean;
  readonly minRequiredBalance: Decimal | null;
}

/** The lowest that balance less holds may be: the minimum balance where it is enforced, less the overdraft limit. */
export function lowestPermitted(limits: BalanceLimits): Decimal {
  const required = limits.enforceMinRequiredBalance ? (limits.minRequiredBalance ?? ZERO) : ZERO;
  const overdraft = limits.allowOverdraft ? (limits.overdraftLimit ?? ZERO) : ZERO;
  return required.minus(overdraft);
}

/** What can be withdrawn without an overdraft: the balance less holds and, where it is enforced, the minimum balance. */
export function availableBalance(balance: Decimal, onHold: Decimal, limits: BalanceLimits): Decimal {
  const required = limits.enforceMinRequiredBalance ? (limits.minRequiredBalance ?? ZERO) : ZERO;
  return balance.minus(onHold).minus(required);
}

/**
 * How much of a movement from one balance to another lies below zero: what the overdraft portfolio carries of it. The
 * rest moves the bank's debt to the customer.
 */
export function overdraftPart(before: Decimal, after: Decimal): Decimal {
  const negative = (balance: Decimal) => Decimal.min(balance, ZERO);
  return negative(after).minus(negative(before)).abs();
}

export interface Lockin {
  readonly activatedOn: LocalDate;
  readonly lockinPeriodFrequency: number | null;
  /** 0 days, 1 weeks, 2 months, 3 years. */
  readonly lockinPeriodFrequencyType: number | null;
}

/** The first day on which money may be withdrawn again, or `null` without a lock-in period. */
export function lockedUntil(lockin: Lockin): LocalDate | null {
  const { activatedOn, lockinPeriodFrequency: length, lockinPeriodFrequencyType: unit } = lockin;
  if (length === null || unit === null || length === 0) return null;
  switch (unit) {
    case 0:
      return addDays(activatedOn, length);
    case 1:
      return addDays(activatedOn, length * 7);
    case 2:
      return addMonths(activatedOn, length);
    default:
      return addMonths(activatedOn, length * 12);
  }
}
