/** Steps of a client's life after the first: active, closed, rejected, withdrawn, back again. */
import { sql } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
} from '../../kernel/index.ts';
import { hasOpenSavings } from '../../savings/index.ts';
import { requireCodeValue } from '../../system/index.ts';
import type {
  ActivateClient,
  CloseClient,
  ReactivateClient,
  RejectClient,
  WithdrawClient,
} from '../bodies.ts';
import { ClientStatus, checkActivationDate, transition } from '../rules.ts';
import { lockClient, resultOf } from './shared.ts';

export async function activateClient(
  context: CommandContext,
  input: CommandInput<ActivateClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const client = await lockClient(context, input);
  if (client.status !== ClientStatus.pending) {
    throw domainRule('error.msg.clients.already.active', 'Only a client that is pending can be activated.');
  }
  const { activationDate } = input.body;
  const { submittedOn, officeOpenedOn } = client;
  checkActivationDate(activationDate, { submittedOn, officeOpenedOn, businessDate });
  await tx.execute(sql`
    update clients set status = ${ClientStatus.active}, activated_on = ${activationDate}::date, activated_by = ${user.id}
     where id = ${client.id}`);
  return resultOf(client);
}

export async function closeClient(
  context: CommandContext,
  input: CommandInput<CloseClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const client = await lockClient(context, input);
  const { closureDate, closureReasonId } = input.body;
  const since = client.activatedOn ?? client.submittedOn;
  const status = transition('close', { status: client.status, since, on: closureDate, businessDate });
  await requireReason(context, 'ClientClosureReason', 'closureReasonId', closureReasonId);
  if (await hasOpenSavings(tx, client.id)) {
    throw domainRule(
      'error.msg.client.close.non-closed.savings.account',
      'The client has savings that are open.',
    );
  }
  await tx.execute(sql`
    update clients set status = ${status}, closed_on = ${closureDate}::date, closed_by = ${user.id},
                       closure_reason_id = ${closureReasonId}
     where id = ${client.id}`);
  return resultOf(client, { closureDate, closureReasonId });
}

export async function rejectClient(
  context: CommandContext,
  input: CommandInput<RejectClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const client = await lockClient(context, input);
  const { rejectionDate: on, rejectionReasonId } = input.body;
  const status = transition('reject', { status: client.status, since: client.submittedOn, on, businessDate });
  await requireReason(context, 'ClientRejectReason', 'rejectionReasonId', rejectionReasonId);
  await tx.execute(sql`
    update clients set status = ${status}, rejected_on = ${on}::date, rejected_by = ${user.id},
                       closure_reason_id = ${rejectionReasonId}
     where id = ${client.id}`);
  return resultOf(client, { rejectionDate: on, rejectionReasonId });
}

export async function withdrawClient(
  context: CommandContext,
  input: CommandInput<WithdrawClient>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const client = await lockClient(context, input);
  const { withdrawalDate: on, withdrawalReasonId } = input.body;
  const status = transition('withdraw', {
    status: client.status,
    since: client.submittedOn,
    on,
    businessDate,
  });
  await requireReason(context, 'ClientWithdrawReason', 'withdrawalReasonId', withdrawalReasonId);
  await tx.execute(sql`
    update clients set status = ${status}, withdrawn_on = ${on}::date, withdrawn_by = ${user.id},
                       closure_reason_id = ${withdrawalReasonId}
     where id = ${client.id}`);
  return resultOf(client, { withdrawalDate: on, withdrawalReasonId });
}

/** A closed client comes back as a pending one, to be activated anew. */
export async function reactivateClient(
  context: CommandContext,
  input: CommandInput<ReactivateClient>,
): Promise<CommandResult> {
  const { tx, businessDate } = context;
  const client = await lockClient(context, input);
  const { reactivationDate: on } = input.body;
  const since = client.closedOn ?? client.submittedOn;
  const status = transition('reactivate', { status: client.status, since, on, businessDate });
  await tx.execute(sql`
    update clients set status = ${status}, submitted_on = ${on}::date, activated_on = null, activated_by = null,
                       closed_on = null, closed_by = null, closure_reason_id = null
     where id = ${client.id}`);
  return resultOf(client, { reactivationDate: on });
}

function requireReason({ tx }: CommandContext, code: string, parameter: string, valueId: number) {
  return requireCodeValue(tx, code, valueId, { resource: 'client', parameter });
}
