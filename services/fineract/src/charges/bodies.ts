/** What requests on charge definitions may carry. */
import { body, f } from '../kernel/index.ts';
import { CHARGE_APPLIES_TO_SAVINGS, SAVINGS_CALCULATION_TYPES, SAVINGS_TIME_TYPES } from './rules.ts';

const ids = (options: Readonly<Record<number, unknown>>) => Object.keys(options).map(Number);
const timing = { feeOnMonthDay: f.monthDay(), feeInterval: f.integer({ min: 1, max: 12 }) };
const flags = { penalty: f.boolean(), active: f.boolean() };

export const createChargeBody = body('charge', {
  name: f.text({ required: true, maxLength: 100 }),
  currencyCode: f.text({ required: true, maxLength: 3 }),
  chargeAppliesTo: f.integer({ required: true, oneOf: [CHARGE_APPLIES_TO_SAVINGS] }),
  chargeTimeType: f.integer({ required: true, oneOf: ids(SAVINGS_TIME_TYPES) }),
  chargeCalculationType: f.integer({ required: true, oneOf: ids(SAVINGS_CALCULATION_TYPES) }),
  amount: f.amount({ required: true, sign: 'positive' }),
  ...timing,
  ...flags,
});
export type CreateCharge = (typeof createChargeBody)['fields'];

export const updateChargeBody = body('charge', {
  name: f.text({ notBlank: true, maxLength: 100 }),
  currencyCode: f.text({ notBlank: true, maxLength: 3 }),
  chargeTimeType: f.integer({ oneOf: ids(SAVINGS_TIME_TYPES) }),
  chargeCalculationType: f.integer({ oneOf: ids(SAVINGS_CALCULATION_TYPES) }),
  amount: f.amount({ sign: 'positive' }),
  ...timing,
  ...flags,
});
export type UpdateCharge = (typeof updateChargeBody)['fields'];
