/** What changes the ways of paying. */
import { sql } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  dataIntegrity,
  notFound,
  type RouteInput,
  refuseInUse,
  refuseTaken,
} from '../../kernel/index.ts';
import type { CreatePaymentType, UpdatePaymentType } from '../bodies.ts';
import { paymentTypeId } from '../queries/payment-types.ts';

const COLLISIONS = {
  payment_type_name_unique: [
    'error.msg.payment.type.duplicate.name',
    'name',
    'A payment type with this name exists.',
  ],
} as const;

export async function createPaymentType(
  { tx }: CommandContext,
  { body }: CommandInput<CreatePaymentType>,
): Promise<CommandResult> {
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`
      insert into payment_types (name, description, is_cash_payment, position)
      values (${body.name}, ${body.description || null}, ${body.isCashPayment ?? false}, ${body.position ?? 1})
      returning id`),
  );
  return { resourceId: id };
}

export async function updatePaymentType(
  { tx }: CommandContext,
  input: CommandInput<UpdatePaymentType>,
): Promise<CommandResult> {
  const id = paymentTypeId(input);
  const current = await tx.rowOrNull<{
    name: string;
    description: string | null;
    isCashPayment: boolean;
    position: number;
  }>(sql`
    select name, description, is_cash_payment as "isCashPayment", position from payment_types where id = ${id} for update`);
  if (!current) throw notFound('payment.type', id, 'error.msg.payment.type.invalid');
  const { next, changes } = applyChanges(current, input.body);
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update payment_types
         set name = ${next.name}, description = ${next.description}, is_cash_payment = ${next.isCashPayment},
             position = ${next.position}
       where id = ${id}`),
  );
  return { resourceId: id, changes };
}

export async function deletePaymentType({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const id = paymentTypeId(input);
  const deleted = await refuseInUse(
    () => dataIntegrity('error.msg.payment.type.association.exist', 'id', 'This payment type is in use.'),
    () => tx.execute(sql`delete from payment_types where id = ${id}`),
  );
  if (deleted === 0) throw notFound('payment.type', id, 'error.msg.payment.type.invalid');
  return { resourceId: id };
}
