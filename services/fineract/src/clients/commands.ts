/** What changes clients. Each takes a row lock before it decides, so decisions of two requests never cross. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, uniqueViolation } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  dataIntegrity,
  domainRule,
  invalidField,
  notFound,
  pathId,
  requireOfficeScope,
} from '../kernel/index.ts';
import type { ActivateClient, CreateClient } from './bodies.ts';
import { ClientStatus, checkActivationDate, displayName } from './rules.ts';

interface OfficeRow {
  id: number;
  hierarchy: string;
  opening_date: LocalDate;
}

async function readOffice({ tx, user }: CommandContext, officeId: number): Promise<OfficeRow> {
  const office = await tx.rowOrNull<OfficeRow>(
    sql`select id, hierarchy, opening_date from offices where id = ${officeId}`,
  );
  if (!office) throw notFound('office', officeId);
  requireOfficeScope(user, office.hierarchy);
  return office;
}

export async function createClient(
  context: CommandContext,
  { body }: CommandInput<CreateClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const office = await readOffice(context, body.officeId);
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
      officeOpenedOn: office.opening_date,
      businessDate,
    });
  const { id } = await translateCollisions(() =>
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

interface LockedClient {
  id: number;
  office_id: number;
  hierarchy: string;
  status: number;
  submitted_on: LocalDate;
  office_opened_on: LocalDate;
}

async function lockClient(context: CommandContext, clientId: number): Promise<LockedClient> {
  const client = await context.tx.rowOrNull<LockedClient>(sql`
    select c.id, c.office_id, o.hierarchy, c.status, c.submitted_on, o.opening_date as office_opened_on
      from clients c join offices o on o.id = c.office_id
     where c.id = ${clientId} for update of c`);
  if (!client) throw notFound('client', clientId);
  requireOfficeScope(context.user, client.hierarchy);
  return client;
}

export async function activateClient(
  context: CommandContext,
  input: CommandInput<ActivateClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const client = await lockClient(context, pathId(input, 'clientId', 'client'));
  if (client.status !== ClientStatus.pending) {
    throw domainRule('error.msg.clients.already.active', 'Only a client that is pending can be activated.');
  }
  const { activationDate } = input.body;
  checkActivationDate(activationDate, {
    submittedOn: client.submitted_on,
    officeOpenedOn: client.office_opened_on,
    businessDate,
  });
  await tx.execute(sql`
    update clients set status = ${ClientStatus.active}, activated_on = ${activationDate}::date, activated_by = ${user.id}
     where id = ${client.id}`);
  return { officeId: client.office_id, clientId: client.id, resourceId: client.id };
}

/** Names the field whose value is taken, in Fineract's codes. */
async function translateCollisions<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    switch (uniqueViolation(error)) {
      case 'client_external_id_unique':
        throw dataIntegrity(
          'error.msg.client.duplicate.externalId',
          'externalId',
          'A client with this external id exists.',
        );
      case 'client_account_no_unique':
        throw dataIntegrity(
          'error.msg.client.duplicate.accountNo',
          'accountNo',
          'A client with this account number exists.',
        );
      case 'client_mobile_no_unique':
        throw dataIntegrity(
          'error.msg.client.duplicate.mobileNo',
          'mobileNo',
          'A client with this mobile number exists.',
        );
      default:
        throw error;
    }
  }
}
