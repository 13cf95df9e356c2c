/** What is read of clients, always within the asker's part of the office tree. */
import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import {
  dateParts,
  notFound,
  type Page,
  pageOf,
  pathId,
  type QueryContext,
  type RouteInput,
  readPaging,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';
import { listSavingsOfClient } from '../../savings/index.ts';
import { ClientStatus, type ClientStatusId, legalFormOption, statusOption } from '../rules.ts';

interface ClientRow {
  id: number;
  account_no: string;
  external_id: string | null;
  status: ClientStatusId;
  legal_form_id: number;
  firstname: string | null;
  middlename: string | null;
  lastname: string | null;
  fullname: string | null;
  display_name: string;
  mobile_no: string | null;
  email_address: string | null;
  date_of_birth: string | null;
  office_id: number;
  office_name: string;
  office_hierarchy: string;
  staff_id: number | null;
  staff_name: string | null;
  submitted_on: string;
  submitted_by: string | null;
  activated_on: string | null;
  activated_by: string | null;
  closed_on: string | null;
  closed_by: string | null;
  rejected_on: string | null;
  rejected_by: string | null;
  withdrawn_on: string | null;
  withdrawn_by: string | null;
  gender: { id: number; name: string; active: boolean; mandatory: boolean } | null;
}

const columns = sql`
  c.id, c.account_no, c.external_id, c.status, c.legal_form_id, c.firstname, c.middlename, c.lastname, c.fullname,
  c.display_name, c.mobile_no, c.email_address, c.date_of_birth, c.office_id, o.name as office_name,
  o.hierarchy as office_hierarchy, c.staff_id, s.display_name as staff_name, c.submitted_on,
  submitter.username as submitted_by, c.activated_on, activator.username as activated_by, c.closed_on,
  closer.username as closed_by, c.rejected_on, rejecter.username as rejected_by, c.withdrawn_on,
  withdrawer.username as withdrawn_by,
  case when g.id is not null
       then jsonb_build_object('id', g.id, 'name', g.name, 'active', g.active, 'mandatory', g.mandatory) end as gender`;

const joins = sql`
  from clients c
  join offices o on o.id = c.office_id
  left join staff s on s.id = c.staff_id
  left join users submitter on submitter.id = c.submitted_by
  left join users activator on activator.id = c.activated_by
  left join users closer on closer.id = c.closed_by
  left join users rejecter on rejecter.id = c.rejected_by
  left join users withdrawer on withdrawer.id = c.withdrawn_by
  left join code_values g on g.id = c.gender_code_value_id`;

const ORDER_COLUMNS = {
  id: 'c.id',
  displayName: 'c.display_name',
  accountNo: 'c.account_no',
  officeId: 'c.office_id',
  officeName: 'o.name',
} as const;

export async function readClient({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const clientId = await clientIdOf(db, input);
  const row = await db.rowOrNull<ClientRow>(sql`select ${columns} ${joins} where c.id = ${clientId}`);
  if (!row) throw notFound('client', clientId);
  return new Scoped(row.office_hierarchy, clientBody(row));
}

/** The client's id from a path that names it by number or by external id. @throws ApiError 404 */
export async function clientIdOf(db: Queryable, input: RouteInput): Promise<number> {
  const externalId = input.params['externalId'];
  if (externalId === undefined) return pathId(input, 'clientId', 'client');
  const row = await db.rowOrNull<{ id: number }>(
    sql`select id from clients where external_id = ${externalId}`,
  );
  if (!row) throw notFound('client', externalId);
  return row.id;
}

/** The client's accounts, as the general tab shows them. */
export async function readClientAccounts({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const clientId = await clientIdOf(db, input);
  const client = await db.rowOrNull<{ hierarchy: string }>(sql`
    select o.hierarchy from clients c join offices o on o.id = c.office_id where c.id = ${clientId}`);
  if (!client) throw notFound('client', clientId);
  const savingsAccounts = await listSavingsOfClient(db, clientId);
  // Fineract leaves an empty list out.
  return new Scoped(client.hierarchy, savingsAccounts.length > 0 ? { savingsAccounts } : {});
}

export async function listClients({ db, user }: QueryContext, input: RouteInput): Promise<Page<unknown>> {
  const paging = readPaging(input, ORDER_COLUMNS);
  const where = sql`${joins} where o.hierarchy like ${`${user.officeHierarchy}%`} ${filters(input)}`;
  const { total } = await db.row<{ total: number }>(sql`select count(*) as total ${where}`);
  const rows = await db.rows<ClientRow>(sql`
    select ${columns} ${where} order by ${paging.orderBy}, c.id limit ${paging.limit} offset ${paging.offset}`);
  return pageOf(total, rows.map(clientBody));
}

function filters({ query }: RouteInput): Sql {
  const status = query['status']?.toLowerCase();
  const statusId =
    status && Object.hasOwn(ClientStatus, status) ? ClientStatus[status as keyof typeof ClientStatus] : null;
  const officeId = /^\d{1,15}$/.test(query['officeId'] ?? '') ? Number(query['officeId']) : null;
  const like = (name: string) => (query[name] ? `%${query[name]?.replace(/[\\%_]/g, '\\$&')}%` : null);
  return sql`
    and (${statusId}::smallint is null or c.status = ${statusId})
    and (${officeId}::bigint is null or c.office_id = ${officeId})
    and (${query['externalId'] ?? null}::text is null or c.external_id = ${query['externalId'] ?? null})
    and (${like('displayName')}::text is null or c.display_name ilike ${like('displayName')})
    and (${like('firstName')}::text is null or c.firstname ilike ${like('firstName')})
    and (${like('lastName')}::text is null or c.lastname ilike ${like('lastName')})`;
}

function clientBody(row: ClientRow) {
  return withoutNulls({
    id: row.id,
    accountNo: row.account_no,
    externalId: row.external_id,
    status: statusOption(row.status),
    active: row.status === ClientStatus.active,
    activationDate: dateParts(row.activated_on),
    firstname: row.firstname,
    middlename: row.middlename,
    lastname: row.lastname,
    fullname: row.fullname,
    displayName: row.display_name,
    mobileNo: row.mobile_no,
    emailAddress: row.email_address,
    dateOfBirth: dateParts(row.date_of_birth),
    gender: row.gender,
    legalForm: legalFormOption(row.legal_form_id),
    officeId: row.office_id,
    officeName: row.office_name,
    staffId: row.staff_id,
    staffName: row.staff_name,
    timeline: withoutNulls({
      submittedOnDate: dateParts(row.submitted_on),
      submittedByUsername: row.submitted_by,
      activatedOnDate: dateParts(row.activated_on),
      activatedByUsername: row.activated_by,
      closedOnDate: dateParts(row.closed_on),
      closedByUsername: row.closed_by,
      rejectedOnDate: dateParts(row.rejected_on),
      rejectedByUsername: row.rejected_by,
      withdrawnOnDate: dateParts(row.withdrawn_on),
      withdrawnByUsername: row.withdrawn_by,
    }),
  });
}
