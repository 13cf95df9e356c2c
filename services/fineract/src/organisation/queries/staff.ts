/** What is read of the staff, within the asker's part of the office tree. */
import { type Queryable, sql } from '@fineract-gitops/db';
import {
  type AuthenticatedUser,
  dateParts,
  notFound,
  pathId,
  type QueryContext,
  type RouteInput,
  requireOfficeScope,
  Scoped,
  unsupportedQueryValue,
  withoutNulls,
} from '../../kernel/index.ts';
import { officeOptions, requireOffice } from './offices.ts';

interface StaffRow {
  id: number;
  external_id: string | null;
  firstname: string | null;
  lastname: string;
  display_name: string;
  mobile_no: string | null;
  office_id: number;
  office_name: string;
  hierarchy: string;
  is_loan_officer: boolean;
  is_active: boolean;
  joining_date: string | null;
}

const columns = sql`
  s.id, s.external_id, s.firstname, s.lastname, s.display_name, s.mobile_no, s.office_id, o.name as office_name, o.hierarchy,
  s.is_loan_officer, s.is_active, s.joining_date
  from staff s join offices o on o.id = s.office_id`;

const ACTIVE_BY_STATUS: Readonly<Record<string, boolean | null>> = {
  active: true,
  inactive: false,
  all: null,
};

/** Active staff unless `status` says otherwise; of one office (`officeId`), or of those above it too. */
export async function listStaff({ db, user }: QueryContext, { query }: RouteInput): Promise<unknown> {
  const status = query['status']?.toLowerCase() || 'active';
  const active = ACTIVE_BY_STATUS[status];
  if (active === undefined) throw unsupportedQueryValue('status', status.slice(0, 60));
  const officeId = /^\d{1,15}$/.test(query['officeId'] ?? '') ? Number(query['officeId']) : null;
  const office = officeId === null ? null : await requireOffice(db, user, officeId);
  const withAncestors = query['staffInOfficeHierarchy'] === 'true';
  const rows = await db.rows<StaffRow>(sql`
    select ${columns}
     where o.hierarchy like ${`${user.officeHierarchy}%`}
       and (${active}::boolean is null or s.is_active = ${active})
       and (not ${query['loanOfficersOnly'] === 'true'}::boolean or s.is_loan_officer)
       and (${officeId}::bigint is null or s.office_id = ${officeId}
            or (${withAncestors}::boolean and ${office?.hierarchy ?? ''} like o.hierarchy || '%'))
     order by s.lastname, s.id`);
  return rows.map(staffBody);
}

export async function readStaff({ db, user }: QueryContext, input: RouteInput): Promise<Scoped> {
  const staffId = pathId(input, 'staffId', 'staff');
  const row = await db.rowOrNull<StaffRow>(sql`select ${columns} where s.id = ${staffId}`);
  if (!row) throw notFound('staff', staffId);
  const options = input.query['template'] === 'true' ? { allowedOffices: await officeOptions(db, user) } : {};
  return new Scoped(row.hierarchy, { ...staffBody(row), ...options });
}

interface StaffMember {
  readonly id: number;
  readonly displayName: string;
  readonly officeId: number;
  readonly isActive: boolean;
  readonly isLoanOfficer: boolean;
}

/** @throws ApiError 404 when there is no such member of the staff, 403 when out of the user's sight */
export async function requireStaff(
  db: Queryable,
  user: AuthenticatedUser,
  staffId: number,
): Promise<StaffMember> {
  const row = await db.rowOrNull<StaffRow>(sql`select ${columns} where s.id = ${staffId}`);
  if (!row) throw notFound('staff', staffId);
  requireOfficeScope(user, row.hierarchy);
  return {
    id: row.id,
    displayName: row.display_name,
    officeId: row.office_id,
    isActive: row.is_active,
    isLoanOfficer: row.is_loan_officer,
  };
}

/** @throws ApiError 404 unless it is active staff of that office or of one above it */
export async function requireStaffServing(
  db: Queryable,
  staffId: number,
  officeHierarchy: string,
): Promise<void> {
  const row = await db.rowOrNull<{ id: number }>(sql`
    select s.id from staff s join offices o on o.id = s.office_id
     where s.id = ${staffId} and s.is_active and ${officeHierarchy} like o.hierarchy || '%'`);
  if (!row) throw notFound('staff', staffId);
}

/** Active staff of an office, as select lists show them. */
export async function staffOptions(
  db: Queryable,
  officeId: number,
): Promise<{ id: number; displayName: string }[]> {
  return db.rows(sql`
    select id, display_name as "displayName" from staff
     where office_id = ${officeId} and is_active order by lastname, id`);
}

function staffBody(row: StaffRow) {
  return withoutNulls({
    id: row.id,
    externalId: row.external_id,
    firstname: row.firstname,
    lastname: row.lastname,
    displayName: row.display_name,
    mobileNo: row.mobile_no,
    officeId: row.office_id,
    officeName: row.office_name,
    isLoanOfficer: row.is_loan_officer,
    isActive: row.is_active,
    joiningDate: dateParts(row.joining_date),
  });
}
