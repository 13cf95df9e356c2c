/** A new client, pending or active at once. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  invalidField,
  refuseTaken,
} from '../../kernel/index.ts';
import { requireOffice } from '../../organisation/index.ts';
import type { CreateClient } from '../bodies.ts';
import { ClientStatus, checkActivationDate, displayName } from '../rules.ts';
import { COLLISIONS, checkReferences } from './shared.ts';

export async function createClient(
  context: CommandContext,
  { body }: CommandInput<CreateClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const office = await requireOffice(tx, user, body.officeId);
  await checkReferences(tx, office.hierarchy, body);
  const submittedOn = body.submittedOnDate ?? businessDate;
  if (submittedOn > businessDate) {
    throw invalidField(
      'client',
      'submittedOnDate',
      'is.greater.than.date',
      'The submission date must not be in the future.',
    );
  }
  const active = body.active ?? false;
  if (active && !body.activationDate) {
    throw invalidField(
      'client',
      'activationDate',
      'cannot.be.blank',
      'The parameter activationDate is required.',
    );
  }
  const activatedOn = active ? body.activationDate! : null;
  if (activatedOn)
    checkActivationDate(activatedOn, {
      submittedOn: earlier(submittedOn, activatedOn),
      officeOpenedOn: office.openingDate,
      businessDate,
    });
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`
      insert into clients (id, account_no, external_id, office_id, staff_id, status, legal_form_id, firstname, middlename,
                           lastname, fullname, display_name, mobile_no, email_address, date_of_birth, gender_code_value_id,
                           submitted_on, submitted_by, activated_on, activated_by)
      select next.id, coalesce(${body.accountNo || null}, lpad(next.id::text, 9, '0')), ${body.externalId || null}, ${office.id},
             ${body.staffId ?? null}, ${active ? ClientStatus.active : ClientStatus.pending}, ${body.legalFormId ?? 1},
             ${body.firstname || null}, ${body.middlename || null}, ${body.lastname || null}, ${body.fullname || null},
             ${displayName(body)}, ${body.mobileNo || null}, ${body.emailAddress || null}, ${body.dateOfBirth ?? null}::date,
             ${body.genderId ?? null}, ${activatedOn ? earlier(submittedOn, activatedOn) : submittedOn}::date, ${user.id},
             ${activatedOn}::date, ${active ? user.id : null}
        from (select nextval(pg_get_serial_sequence('clients', 'id')) as id) next
      returning id`),
  );
  return {
    officeId: office.id,
    clientId: id,
    resourceId: id,
    resourceExternalId: body.externalId || undefined,
  };
}

/** A client that is created active was submitted no later than that day. */
function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}
