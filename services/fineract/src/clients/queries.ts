/** What is read of clients, always within the asker's part of the office tree. */
import { type Sql, sql } from '@fineract-gitops/db';
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
} from '../kernel/index.ts';
import { ClientStatus, type ClientStatusId, legalFormOption, statusOption } from './rules.ts';

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
  total: number;
}

const columns = sql`
  c.id, c.account_no, c.external_id, c.status, c.legal_form_id, c.firstname, c.middlename, c.lastname, c.fullname,
  c.display_name, c.mobile_no, c.email_address, c.date_of_birth, c.office_id, o.name as office_name,
  o.hierarchy as office_hierarchy, c.staff_id, s.display_name as staff_name, c.submitted_on,
  submitter.username as submitted_by, c.activated_on, activator.username as activated_by, c.closed_on`;

const joins = sql`
  from clients c
  join offices o on o.id = c.office_id
  left join staff s on s.id = c.staff_id
  left join users submitter on submitter.id = c.submitted_by
  left join users activator on activator.id = c.activated_by`;

const ORDER_COLUMNS = {
  id: 'c.id',
  displayName: 'c.display_name',
  accountNo: 'c.account_no',
  officeId: 'c.office_id',
  officeName: 'o.name',
} as const;

export async function readClient({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const clientId = pathId(input, 'clientId', 'client');
  const row = await db.rowOrNull<ClientRow>(sql`select ${columns} ${joins} where c.id = ${clientId}`);
  if (!row) throw notFound('client', clientId);
  return new Scoped(row.office_hierarchy, clientBody(row));
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
    }),
  });
}
