/** What changes charge definitions. */
import { sql } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  pathId,
  type RouteInput,
  refuseInUse,
  refuseTaken,
} from '../kernel/index.ts';
import { requireCurrency } from '../organisation/index.ts';
import type { CreateCharge, UpdateCharge } from './bodies.ts';
import { checkTiming } from './rules.ts';

const COLLISIONS = {
  charge_name_unique: ['error.msg.charge.duplicate.name', 'name', 'A charge with this name exists.'],
} as const;

export async function createCharge(
  { tx }: CommandContext,
  { body }: CommandInput<CreateCharge>,
): Promise<CommandResult> {
  checkTiming({
    chargeTimeType: body.chargeTimeType,
    feeOnMonthDay: body.feeOnMonthDay ?? null,
    feeInterval: body.feeInterval ?? null,
  });
  const currency = await requireCurrency(tx, body.currencyCode);
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`
      insert into charges (name, currency_code, charge_applies_to, charge_time_type, charge_calculation_type, amount,
                           fee_on_month, fee_on_day, fee_interval, penalty, active)
      values (${body.name}, ${currency.code}, ${body.chargeAppliesTo}, ${body.chargeTimeType},
              ${body.chargeCalculationType}, ${body.amount.toFixed()}::numeric, ${body.feeOnMonthDay?.[0] ?? null},
              ${body.feeOnMonthDay?.[1] ?? null}, ${body.feeInterval ?? null}, ${body.penalty ?? false},
              ${body.active ?? true})
      returning id`),
  );
  return { resourceId: id };
}

interface ChargeFields {
  name: string;
  currencyCode: string;
  chargeTimeType: number;
  chargeCalculationType: number;
  amount: Decimal;
  feeOnMonthDay: readonly [number, number] | null;
  feeInterval: number | null;
  penalty: boolean;
  active: boolean;
}

/** Accounts keep the terms under which they took a charge; a change counts for those that take it later. */
export async function updateCharge(
  { tx }: CommandContext,
  input: CommandInput<UpdateCharge>,
): Promise<CommandResult> {
  const chargeId = pathId(input, 'chargeId', 'charge');
  const current = await tx.rowOrNull<ChargeFields>(sql`
    select name, currency_code as "currencyCode", charge_time_type as "chargeTimeType",
           charge_calculation_type as "chargeCalculationType", amount, fee_interval as "feeInterval", penalty, active,
           case when fee_on_month is not null then jsonb_build_array(fee_on_month, fee_on_day) end as "feeOnMonthDay"
      from charges where id = ${chargeId} for update`);
  if (!current) throw notFound('charge', chargeId);
  const { next, changes } = applyChanges(current, input.body);
  checkTiming(next);
  await requireCurrency(tx, next.currencyCode);
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update charges
         set name = ${next.name}, currency_code = ${next.currencyCode}, charge_time_type = ${next.chargeTimeType},
             charge_calculation_type = ${next.chargeCalculationType}, amount = ${next.amount.toFixed()}::numeric,
             fee_on_month = ${next.feeOnMonthDay?.[0] ?? null}, fee_on_day = ${next.feeOnMonthDay?.[1] ?? null},
             fee_interval = ${next.feeInterval}, penalty = ${next.penalty}, active = ${next.active}
       where id = ${chargeId}`),
  );
  return { resourceId: chargeId, changes };
}

export async function deleteCharge({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const chargeId = pathId(input, 'chargeId', 'charge');
  const deleted = await refuseInUse(
    () =>
      domainRule(
        'error.msg.charge.cannot.be.deleted.it.is.already.used.in.loan',
        'A charge that a product or account has taken cannot be deleted; deactivate it instead.',
      ),
    () => tx.execute(sql`delete from charges where id = ${chargeId}`),
  );
  if (deleted === 0) throw notFound('charge', chargeId);
  return { resourceId: chargeId };
}
