/** Changes of a client's details and of who looks after them. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  type RouteInput,
  refuseInUse,
  refuseTaken,
} from '../../kernel/index.ts';
import type { AssignStaff, UpdateClient } from '../bodies.ts';
import { ClientStatus, displayName } from '../rules.ts';
import { COLLISIONS, checkReferences, lockClient, requireNotEnded, resultOf } from './shared.ts';

interface ClientFields {
  externalId: string | null;
  accountNo: string;
  firstname: string | null;
  middlename: string | null;
  lastname: string | null;
  fullname: string | null;
  mobileNo: string | null;
  emailAddress: string | null;
  dateOfBirth: LocalDate | null;
  genderId: number | null;
  staffId: number | null;
  legalFormId: number;
}

export async function updateClient(
  context: CommandContext,
  input: CommandInput<UpdateClient>,
): Promise<CommandResult> {
  const { tx } = context;
  const client = await lockClient(context, input);
  requireNotEnded(client);
  const current = await tx.row<ClientFields>(sql`
    select external_id as "externalId", account_no as "accountNo", firstname, middlename, lastname, fullname,
           mobile_no as "mobileNo", email_address as "emailAddress", date_of_birth as "dateOfBirth",
           gender_code_value_id as "genderId", staff_id as "staffId", legal_form_id as "legalFormId"
      from clients where id = ${client.id}`);
  const { next, changes } = applyChanges(current, input.body);
  await checkReferences(tx, client.hierarchy, {
    staffId: changes['staffId'] === undefined ? null : next.staffId,
    genderId: changes['genderId'] === undefined ? null : next.genderId,
  });
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update clients
         set external_id = ${next.externalId}, account_no = coalesce(${next.accountNo}, account_no),
             firstname = ${next.firstname}, middlename = ${next.middlename}, lastname = ${next.lastname},
             fullname = ${next.fullname}, display_name = ${displayName(next)}, mobile_no = ${next.mobileNo},
             email_address = ${next.emailAddress}, date_of_birth = ${next.dateOfBirth}::date,
             gender_code_value_id = ${next.genderId}, staff_id = ${next.staffId}, legal_form_id = ${next.legalFormId}
       where id = ${client.id}`),
  );
  return resultOf(client, changes);
}

export async function assignStaff(
  context: CommandContext,
  input: CommandInput<AssignStaff>,
): Promise<CommandResult> {
  const client = await lockClient(context, input);
  requireNotEnded(client);
  const { staffId } = input.body;
  await checkReferences(context.tx, client.hierarchy, { staffId });
  await context.tx.execute(sql`update clients set staff_id = ${staffId} where id = ${client.id}`);
  return resultOf(client, { staffId });
}

export async function unassignStaff(
  context: CommandContext,
  input: CommandInput<AssignStaff>,
): Promise<CommandResult> {
  const client = await lockClient(context, input);
  if (client.staffId !== input.body.staffId) {
    throw domainRule(
      'error.msg.client.has.no.staff',
      'This member of the staff does not look after the client.',
    );
  }
  await context.tx.execute(sql`update clients set staff_id = null where id = ${client.id}`);
  return resultOf(client, { staffId: null });
}

/** Only a client who never became active leaves no trace but the audit log's. */
export async function deleteClient(context: CommandContext, input: RouteInput): Promise<CommandResult> {
  const client = await lockClient(context, input);
  const refusal = () =>
    domainRule(
      'error.msg.clients.cannot.be.deleted',
      'Only a pending client without accounts can be deleted.',
    );
  if (client.status !== ClientStatus.pending) throw refusal();
  await refuseInUse(refusal, () => context.tx.execute(sql`delete from clients where id = ${client.id}`));
  return resultOf(client);
}
