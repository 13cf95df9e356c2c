/** What is read of charge definitions. */

import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import { notFound, pathId, type QueryContext, type RouteInput, withoutNulls } from '../kernel/index.ts';
import { type Currency, currencyBody, selectedCurrencies } from '../organisation/index.ts';
import {
  appliesToOption,
  appliesToOptions,
  CHARGE_APPLIES_TO_SAVINGS,
  SAVINGS_CALCULATION_TYPES,
  SAVINGS_TIME_TYPES,
} from './rules.ts';

interface Charge {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly penalty: boolean;
  readonly currency: Currency;
  readonly amount: Decimal;
  readonly chargeAppliesTo: number;
  readonly chargeTimeType: number;
  readonly chargeCalculationType: number;
  readonly feeOnMonth: number | null;
  readonly feeOnDay: number | null;
  readonly feeInterval: number | null;
}

interface ChargeRow extends Omit<Charge, 'currency'> {
  currencyCode: string;
  currencyName: string;
  decimalPlaces: number;
  inMultiplesOf: number | null;
  displaySymbol: string | null;
}

const columns = sql`
  c.id, c.name, c.active, c.penalty, c.amount, c.charge_applies_to as "chargeAppliesTo",
  c.charge_time_type as "chargeTimeType", c.charge_calculation_type as "chargeCalculationType",
  c.fee_on_month as "feeOnMonth", c.fee_on_day as "feeOnDay", c.fee_interval as "feeInterval",
  cur.code as "currencyCode", cur.name as "currencyName", cur.decimal_places as "decimalPlaces",
  cur.in_multiples_of as "inMultiplesOf", cur.display_symbol as "displaySymbol"
  from charges c join currencies cur on cur.code = c.currency_code`;

async function charges(db: Queryable, where: Sql): Promise<Charge[]> {
  const rows = await db.rows<ChargeRow>(sql`select ${columns} where ${where} order by c.name`);
  return rows.map(
    ({ currencyCode, currencyName, decimalPlaces, inMultiplesOf, displaySymbol, ...charge }) => ({
      ...charge,
      currency: { code: currencyCode, name: currencyName, decimalPlaces, inMultiplesOf, displaySymbol },
    }),
  );
}

export async function listCharges({ db }: QueryContext): Promise<unknown> {
  return (await charges(db, sql`true`)).map(chargeBody);
}

export async function readCharge({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const charge = chargeBody(await requireCharge(db, pathId(input, 'chargeId', 'charge')));
  return input.query['template'] === 'true' ? { ...charge, ...(await options(db)) } : charge;
}

export async function chargeTemplate({ db }: QueryContext): Promise<unknown> {
  return { active: false, penalty: false, ...(await options(db)) };
}

/** Active charges that savings products and accounts may take, as their templates list them. */
export async function savingsChargeOptions(db: Queryable): Promise<ReturnType<typeof chargeBody>[]> {
  const found = await charges(db, sql`c.active and c.charge_applies_to = ${CHARGE_APPLIES_TO_SAVINGS}`);
  return found.map(chargeBody);
}

/** @throws ApiError 404 */
async function requireCharge(db: Queryable, chargeId: number): Promise<Charge> {
  const [found] = await charges(db, sql`c.id = ${chargeId}`);
  if (!found) throw notFound('charge', chargeId);
  return found;
}

async function options(db: Queryable): Promise<Record<string, unknown>> {
  const timeTypes = Object.values(SAVINGS_TIME_TYPES);
  const calculationTypes = Object.values(SAVINGS_CALCULATION_TYPES);
  return {
    currencyOptions: (await selectedCurrencies(db)).map(currencyBody),
    chargeAppliesToOptions: appliesToOptions,
    chargeTimeTypeOptions: timeTypes,
    chargeCalculationTypeOptions: calculationTypes,
    savingsChargeTimeTypeOptions: timeTypes,
    savingsChargeCalculationTypeOptions: calculationTypes,
  };
}

/** A charge definition as the API answers it. */
function chargeBody(charge: Charge) {
  return withoutNulls({
    id: charge.id,
    name: charge.name,
    active: charge.active,
    penalty: charge.penalty,
    currency: currencyBody(charge.currency),
    amount: charge.amount,
    chargeTimeType: SAVINGS_TIME_TYPES[charge.chargeTimeType],
    chargeAppliesTo: appliesToOption(charge.chargeAppliesTo),
    chargeCalculationType: SAVINGS_CALCULATION_TYPES[charge.chargeCalculationType],
    feeOnMonthDay: charge.feeOnMonth === null ? null : [charge.feeOnMonth, charge.feeOnDay],
    feeInterval: charge.feeInterval,
  });
}
