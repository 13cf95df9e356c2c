/** What changes the staff. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  notFound,
  pathId,
  refuseTaken,
} from '../../kernel/index.ts';
import type { CreateStaff, UpdateStaff } from '../bodies.ts';
import { requireOffice } from '../queries/offices.ts';
import { staffDisplayName } from '../rules.ts';

const COLLISIONS = {
  staff_external_id_unique: [
    'error.msg.staff.duplicate.externalId',
    'externalId',
    'A member of the staff with this external id exists.',
  ],
  staff_display_name_unique: [
    'error.msg.staff.duplicate.displayName',
    'displayName',
    'A member of the staff with this name exists.',
  ],
} as const;

export async function createStaff(
  { tx, user }: CommandContext,
  { body }: CommandInput<CreateStaff>,
): Promise<CommandResult> {
  const office = await requireOffice(tx, user, body.officeId);
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`
      insert into staff (office_id, firstname, lastname, display_name, mobile_no, external_id, is_loan_officer, is_active,
                         joining_date)
      values (${office.id}, ${body.firstname}, ${body.lastname}, ${staffDisplayName(body.firstname, body.lastname)},
              ${body.mobileNo || null}, ${body.externalId || null}, ${body.isLoanOfficer ?? false},
              ${body.isActive ?? true}, ${body.joiningDate}::date)
      returning id`),
  );
  return { officeId: office.id, resourceId: id };
}

interface StaffFields {
  officeId: number;
  firstname: string | null;
  lastname: string;
  mobileNo: string | null;
  externalId: string | null;
  isLoanOfficer: boolean;
  isActive: boolean;
  joiningDate: LocalDate | null;
}

export async function updateStaff(
  { tx, user }: CommandContext,
  input: CommandInput<UpdateStaff>,
): Promise<CommandResult> {
  const staffId = pathId(input, 'staffId', 'staff');
  const current = await tx.rowOrNull<StaffFields>(sql`
    select office_id as "officeId", firstname, lastname, mobile_no as "mobileNo", external_id as "externalId",
           is_loan_officer as "isLoanOfficer", is_active as "isActive", joining_date as "joiningDate"
      from staff where id = ${staffId} for update`);
  if (!current) throw notFound('staff', staffId);
  await requireOffice(tx, user, current.officeId);
  const { next, changes } = applyChanges(current, input.body);
  await requireOffice(tx, user, next.officeId);
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update staff
         set office_id = ${next.officeId}, firstname = ${next.firstname}, lastname = ${next.lastname},
             display_name = ${staffDisplayName(next.firstname, next.lastname)}, mobile_no = ${next.mobileNo},
             external_id = ${next.externalId}, is_loan_officer = ${next.isLoanOfficer}, is_active = ${next.isActive},
             joining_date = ${next.joiningDate}::date
       where id = ${staffId}`),
  );
  return { officeId: next.officeId, resourceId: staffId, changes };
}
