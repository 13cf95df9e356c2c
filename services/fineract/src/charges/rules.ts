/** Kinds of charges by Fineract's ids, and what each kind needs, without I/O. */
import { type EnumOption, enumOption, invalidField } from '../kernel/index.ts';

export const CHARGE_APPLIES_TO_SAVINGS = 2;

const APPLIES_TO = { 2: enumOption(2, 'chargeAppliesTo.savings', 'Savings') } as const;

const ChargeTime = { annualFee: 6, monthlyFee: 7, weeklyFee: 11 } as const;

export const SAVINGS_TIME_TYPES: Readonly<Record<number, EnumOption>> = {
  2: enumOption(2, 'chargeTimeType.specifiedDueDate', 'Specified due date'),
  3: enumOption(3, 'chargeTimeType.savingsActivation', 'Savings Activation'),
  4: enumOption(4, 'chargeTimeType.savingsClosure', 'Savings Closure'),
  5: enumOption(5, 'chargeTimeType.withdrawalFee', 'Withdrawal Fee'),
  6: enumOption(6, 'chargeTimeType.annualFee', 'Annual Fee'),
  7: enumOption(7, 'chargeTimeType.monthlyFee', 'Monthly Fee'),
  10: enumOption(10, 'chargeTimeType.overdraftFee', 'Overdraft Fee'),
  11: enumOption(11, 'chargeTimeType.weeklyFee', 'Weekly Fee'),
  16: enumOption(16, 'chargeTimeType.savingsNoActivityFee', 'Saving No Activity Fee'),
};

export const SAVINGS_CALCULATION_TYPES: Readonly<Record<number, EnumOption>> = {
  1: enumOption(1, 'chargeCalculationType.flat', 'Flat'),
  2: enumOption(2, 'chargeCalculationType.percent.of.amount', '% Amount'),
};

export function appliesToOption(id: number): EnumOption | undefined {
  return APPLIES_TO[id as keyof typeof APPLIES_TO];
}

export const appliesToOptions: readonly EnumOption[] = Object.values(APPLIES_TO);

interface Timing {
  readonly chargeTimeType: number;
  readonly feeOnMonthDay: readonly [number, number] | null;
  readonly feeInterval: number | null;
}

/** @throws ApiError 400 when the kind of charge lacks its day or interval, or has one that means nothing to it */
export function checkTiming({ chargeTimeType, feeOnMonthDay, feeInterval }: Timing): void {
  const needsDay = chargeTimeType === ChargeTime.monthlyFee || chargeTimeType === ChargeTime.annualFee;
  if (needsDay && feeOnMonthDay === null) {
    throw invalidField(
      'charge',
      'feeOnMonthDay',
      'cannot.be.blank',
      'This kind of fee needs its day of the year.',
    );
  }
  if (chargeTimeType === ChargeTime.monthlyFee && feeInterval === null) {
    throw invalidField(
      'charge',
      'feeInterval',
      'cannot.be.blank',
      'A monthly fee needs its interval in months.',
    );
  }
  if (chargeTimeType === ChargeTime.weeklyFee && feeOnMonthDay !== null) {
    throw invalidField(
      'charge',
      'feeOnMonthDay',
      `cannot.also.be.provided.when.chargeTimeType.is.${chargeTimeType}`,
      'A weekly fee has no day of the year.',
    );
  }
}
