/** What is read of the audit log: who did what when, within the asker's part of the office tree. */
import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import {
  type AuthenticatedUser,
  notFound,
  pageOf,
  pathId,
  type QueryContext,
  queryBoolean,
  queryInteger,
  type RouteInput,
  readPaging,
  Stream,
  unsupportedQueryValue,
  withoutNulls,
} from '../../kernel/index.ts';
import { userOptions } from '../../users/index.ts';
import { canonicalRow, verifyAuditLog } from './seal.ts';

interface AuditRow {
  id: number;
  actionName: string;
  entityName: string;
  resourceId: string | null;
  subresourceId: number | null;
  maker: string;
  madeOnDate: number;
  processingResult: number;
  commandAsJson: string;
  officeName: string | null;
  clientId: number | null;
  clientName: string | null;
  url: string;
}

const PROCESSING_RESULTS: Readonly<Record<number, string>> = {
  0: 'invalid',
  1: 'processed',
  2: 'awaiting.approval',
  3: 'rejected',
};

/** Fineract's limit of an answer that is not paged. */
const UNPAGED_LIMIT = 200;
const EXPORT_BATCH_SIZE = 1_000;

// Moments are epoch milliseconds, as Fineract prints instants with a zone.
const columns = sql`
  a.id, a.action_name as "actionName", a.entity_name as "entityName", a.resource_id as "resourceId",
  a.sub_resource_id as "subresourceId", maker.username as maker,
  floor(extract(epoch from a.made_on) * 1000)::bigint as "madeOnDate", a.processing_result as "processingResult",
  a.command::text as "commandAsJson", o.name as "officeName", a.client_id as "clientId", c.display_name as "clientName",
  a.url`;

const joins = sql`
  from audit_log a
  join users maker on maker.id = a.maker_id
  left join offices o on o.id = a.office_id
  left join clients c on c.id = a.client_id`;

const ORDER_COLUMNS = {
  id: 'a.id',
  madeOnDate: 'a.made_on',
  actionName: 'a.action_name',
  entityName: 'a.entity_name',
  resourceId: 'a.resource_id',
  maker: 'maker.username',
  processingResult: 'a.processing_result',
  officeName: 'o.name',
};

export const AUDIT_FILTERS = [
  'actionName',
  'entityName',
  'resourceId',
  'makerId',
  'makerDateTimeFrom',
  'makerDateTimeTo',
  'processingResult',
  'officeId',
  'clientId',
  'savingsAccountId',
] as const;

/** Newest first; `paged=true` answers a page, else at most 200 rows. */
export async function listAudits({ db, user, tenant }: QueryContext, input: RouteInput): Promise<unknown> {
  const query = { sortOrder: 'desc', ...input.query };
  const paging = readPaging({ ...input, query }, ORDER_COLUMNS);
  const where = filters(input, user, tenant.timeZone);
  const paged = queryBoolean(input, 'paged') ?? false;
  const limit = paged ? paging.limit : Math.min(paging.limit ?? UNPAGED_LIMIT, UNPAGED_LIMIT);
  const withJson = queryBoolean(input, 'includeJson') ?? false;
  const rows = await db.rows<AuditRow>(sql`
    select ${columns} ${joins} ${where} order by ${paging.orderBy}, a.id desc limit ${limit} offset ${paging.offset}`);
  const items = rows.map((row) => auditBody(row, withJson));
  if (!paged) return items;
  const { total } = await db.row<{ total: number }>(sql`select count(*) as total ${joins} ${where}`);
  return pageOf(total, items);
}

export async function readAudit({ db, user }: QueryContext, input: RouteInput): Promise<unknown> {
  const auditId = pathId(input, 'auditId', 'audit');
  const row = await db.rowOrNull<AuditRow>(
    sql`select ${columns} ${joins} where a.id = ${auditId} and ${inScope(user)}`,
  );
  if (!row) throw notFound('audit', auditId);
  return auditBody(row, true);
}

export async function auditSearchTemplate({ db, user }: QueryContext): Promise<unknown> {
  const names = (column: Sql) =>
    db.rows<{ name: string }>(sql`
      select distinct ${column} as name from permissions
       where action_name <> 'READ' and grouping <> 'special' order by 1`);
  const [actions, entities] = [await names(sql`action_name`), await names(sql`entity_name`)];
  return {
    appUsers: await userOptions(db, user),
    actionNames: actions.map(({ name }) => name),
    entityNames: entities.map(({ name }) => name),
    statuses: Object.entries(PROCESSING_RESULTS).map(([id, processingResult]) => ({
      id: Number(id),
      processingResult,
    })),
  };
}

/**
 * The whole log, or what the filters leave of it, one JSON object a line, oldest first: `seal` is the row's link of the
 * hash chain (`null` where it is not sealed yet), `record` the very text that the link covers.
 */
export async function exportAudits({ db, user, tenant }: QueryContext, input: RouteInput): Promise<Stream> {
  const where = filters(input, user, tenant.timeZone);
  return new Stream('application/x-ndjson', exportLines(db, where));
}

async function* exportLines(db: Queryable, where: Sql): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const rows = await db.rows<{ id: number; seal: string | null; record: string }>(sql`
      select a.id, s.hash as seal, ${canonicalRow} as record ${joins} left join audit_seals s on s.audit_id = a.id
       ${where} and a.id > ${after} order by a.id limit ${EXPORT_BATCH_SIZE}`);
    if (rows.length === 0) return;
    yield rows.map(({ seal, record }) => `{"seal":${JSON.stringify(seal)},"record":${record}}\n`).join('');
    after = rows.at(-1)!.id;
  }
}

export async function readVerification({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const auditId = queryInteger(input, 'auditId');
  const hash = input.query['hash']?.trim();
  return verifyAuditLog(db, auditId !== null && hash ? { auditId, hash } : undefined);
}

/** Rows of offices in the user's part of the tree, and those that belong to no office. */
function inScope(user: AuthenticatedUser): Sql {
  return sql`(a.office_id is null or o.hierarchy like ${`${user.officeHierarchy}%`})`;
}

function filters(input: RouteInput, user: AuthenticatedUser, timeZone: string): Sql {
  const text = (name: string) => input.query[name]?.trim().slice(0, 100) || null;
  const [action, entity, resource] = [text('actionName'), text('entityName'), text('resourceId')];
  const [maker, result] = [queryInteger(input, 'makerId'), queryInteger(input, 'processingResult')];
  const [office, client] = [queryInteger(input, 'officeId'), queryInteger(input, 'clientId')];
  const savings = queryInteger(input, 'savingsAccountId');
  const from = moment(input, 'makerDateTimeFrom', '00:00:00');
  const to = moment(input, 'makerDateTimeTo', '23:59:59.999999');
  return sql`
    where ${inScope(user)}
      and (${action}::text is null or a.action_name = ${action})
      and (${entity}::text is null or a.entity_name = ${entity})
      and (${resource}::text is null or a.resource_id = ${resource})
      and (${maker}::bigint is null or a.maker_id = ${maker})
      and (${result}::smallint is null or a.processing_result = ${result})
      and (${office}::bigint is null or a.office_id = ${office})
      and (${client}::bigint is null or a.client_id = ${client})
      and (${savings}::bigint is null or a.savings_account_id = ${savings})
      and (${from}::timestamp is null or a.made_on >= ${from}::timestamp at time zone ${timeZone})
      and (${to}::timestamp is null or a.made_on <= ${to}::timestamp at time zone ${timeZone})`;
}

/** `2024-03-01` or `2024-03-01 14:30:00`, in the tenant's zone. */
function moment(input: RouteInput, name: string, timeOfDay: string): string | null {
  const text = input.query[name]?.trim() || null;
  if (text === null) return null;
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text);
  const written = match ? `${match[1]}T${match[2] ?? timeOfDay}` : '';
  if (Number.isNaN(Date.parse(`${written}Z`))) throw unsupportedQueryValue(name, text.slice(0, 60));
  return written;
}

function auditBody({ commandAsJson, processingResult, ...row }: AuditRow, withJson: boolean) {
  return withoutNulls({
    ...row,
    resourceId:
      row.resourceId !== null && /^\d{1,15}$/.test(row.resourceId) ? Number(row.resourceId) : row.resourceId,
    processingResult: PROCESSING_RESULTS[processingResult] ?? 'invalid',
    ...(withJson ? { commandAsJson } : {}),
  });
}
