/** The ways that money is paid. */
import { type Queryable, sql } from '@fineract-gitops/db';
import { notFound, pathId, type QueryContext, type RouteInput, withoutNulls } from '../../kernel/index.ts';

interface PaymentTypeRow {
  id: number;
  name: string;
  description: string | null;
  isCashPayment: boolean;
  position: number;
  codeName: string | null;
  isSystemDefined: boolean;
}

const columns = sql`
  id, name, description, is_cash_payment as "isCashPayment", position, code_name as "codeName",
  is_system_defined as "isSystemDefined"
  from payment_types`;

/** `onlyWithCode=true`: those that the program itself knows by a code name. */
export async function listPaymentTypes({ db }: QueryContext, { query }: RouteInput): Promise<unknown> {
  return paymentTypeOptions(db, query['onlyWithCode'] === 'true');
}

/** As templates of other screens list them. */
export async function paymentTypeOptions(db: Queryable, onlyWithCode = false): Promise<unknown[]> {
  const rows = await db.rows<PaymentTypeRow>(sql`
    select ${columns} where not ${onlyWithCode}::boolean or code_name is not null order by position, id`);
  return rows.map(withoutNulls);
}

export async function readPaymentType({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  return withoutNulls(await requirePaymentType(db, paymentTypeId(input)));
}

export function paymentTypeId(input: RouteInput): number {
  return pathId(input, 'paymentTypeId', 'payment.type');
}

/** @throws ApiError 404 */
async function requirePaymentType(db: Queryable, id: number): Promise<PaymentTypeRow> {
  const row = await db.rowOrNull<PaymentTypeRow>(sql`select ${columns} where id = ${id}`);
  if (!row) throw notFound('payment.type', id, 'error.msg.payment.type.invalid');
  return row;
}
