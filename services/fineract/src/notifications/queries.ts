import { type Sql, sql } from '@fineract-gitops/db';
import {
  type Page,
  pageOf,
  type QueryContext,
  queryInteger,
  type RouteInput,
  readPaging,
  unsupportedQueryValue,
  withoutNulls,
} from '../kernel/index.ts';

/** Fineract's tray of notices to staff: this bank raises none, so it is always empty. */
export async function listTray(): Promise<Page<never>> {
  return pageOf(0, []);
}

interface DeliveryRow {
  id: number;
  channel: string;
  template: string;
  client_id: number;
  status: string;
  attempts: number;
  next_attempt_at: Date;
  provider_message_id: string | null;
  error_message: string | null;
  created_at: Date;
  sent_at: Date | null;
}

const ORDER_COLUMNS = {
  id: 'n.id',
  status: 'n.status',
  createdTime: 'n.created_at',
  nextAttemptTime: 'n.next_attempt_at',
};

/** Messages to customers and what became of them, without saying to which address or in which words. */
export async function listDeliveries({ db, user }: QueryContext, input: RouteInput): Promise<Page<unknown>> {
  const paging = readPaging(input, ORDER_COLUMNS);
  const from = sql`
    from notifications n join clients c on c.id = n.client_id join offices o on o.id = c.office_id
   where o.hierarchy like ${`${user.officeHierarchy}%`} ${filters(input)}`;
  const { total } = await db.row<{ total: number }>(sql`select count(*) as total ${from}`);
  const rows = await db.rows<DeliveryRow>(sql`
    select n.id, n.channel, n.template, n.client_id, n.status, n.attempts, n.next_attempt_at, n.provider_message_id,
           n.error_message, n.created_at, n.sent_at
    ${from} order by ${paging.orderBy}, n.id limit ${paging.limit} offset ${paging.offset}`);
  return pageOf(total, rows.map(deliveryBody));
}

function filters(input: RouteInput): Sql {
  const status = oneOf(input, 'status', ['pending', 'sending', 'sent', 'failed', 'uncertain']);
  const channel = oneOf(input, 'channel', ['email', 'sms']);
  const clientId = queryInteger(input, 'clientId');
  return sql`
    and (${status}::text is null or n.status = ${status})
    and (${channel}::text is null or n.channel = ${channel})
    and (${clientId}::bigint is null or n.client_id = ${clientId})`;
}

function oneOf({ query }: RouteInput, name: string, values: readonly string[]): string | null {
  const value = query[name]?.trim().toLowerCase() || null;
  if (value !== null && !values.includes(value)) throw unsupportedQueryValue(name, value.slice(0, 60));
  return value;
}

function deliveryBody(row: DeliveryRow) {
  return withoutNulls({
    id: row.id,
    channel: row.channel,
    template: row.template,
    clientId: row.client_id,
    status: row.status,
    attempts: row.attempts,
    nextAttemptTime: row.status === 'pending' ? row.next_attempt_at.toISOString() : null,
    providerMessageId: row.provider_message_id,
    errorMessage: row.error_message,
    createdTime: row.created_at.toISOString(),
    sentTime: row.sent_at?.toISOString(),
  });
}
