/** Applications for an account: submitting, changing and deleting them while they are pending. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  invalidField,
  notFound,
  parameterError,
  type RouteInput,
  refuseTaken,
  requireOfficeScope,
  validationFailed,
} from '../../kernel/index.ts';
import { requireStaffServing } from '../../organisation/index.ts';
import type { SubmitAccount, UpdateAccount } from '../bodies.ts';
import { AccountStatus } from '../rules/status.ts';
import { checkTerms, type Terms } from '../rules/terms.ts';
import { selectTerms, termsColumns, termsOf, termsValues } from '../terms-columns.ts';
import { accountResult, type LockedAccount, lockAccount } from './locked-account.ts';
import { refuseNotOffered } from './not-offered.ts';

const RESOURCE = 'savingsaccount';

const TAKEN = {
  savings_account_external_id_unique: [
    'error.msg.savingsaccount.duplicate.externalId',
    'externalId',
    'A savings account with this external id exists.',
  ],
  savings_account_no_unique: [
    'error.msg.savingsaccount.duplicate.accountNo',
    'accountNo',
    'A savings account with this number exists.',
  ],
} as const;

interface ClientRow {
  id: number;
  office_id: number;
  hierarchy: string;
  status: number;
  activated_on: LocalDate | null;
}

async function readClient({ tx, user }: CommandContext, clientId: number): Promise<ClientRow> {
  const client = await tx.rowOrNull<ClientRow>(sql`
    select c.id, c.office_id, o.hierarchy, c.status, c.activated_on
      from clients c join offices o on o.id = c.office_id where c.id = ${clientId} for share of c`);
  if (!client) throw notFound('client', clientId);
  requireOfficeScope(user, client.hierarchy);
  if (client.status !== 300) {
    throw validationFailed([
      parameterError(
        'error.msg.client.not.active.exception',
        'clientId',
        'The client must be active to open an account.',
        clientId,
      ),
    ]);
  }
  return client;
}

export async function readProductTerms(tx: Transaction, productId: number): Promise<Terms> {
  const terms = await tx.rowOrNull<Terms>(
    sql`select ${selectTerms('p')} from savings_products p where p.id = ${productId} for share`,
  );
  if (!terms) throw notFound('savingproduct', productId);
  return terms;
}

function checkSubmittedOn(submittedOn: LocalDate, client: ClientRow, businessDate: LocalDate): void {
  const refuse = (rule: string, message: string) =>
    validationFailed([
      parameterError(
        `validation.msg.savingsaccount.summital.${rule}`,
        'submittedOnDate',
        message,
        submittedOn,
      ),
    ]);
  if (submittedOn > businessDate)
    throw refuse('cannot.be.a.future.date', 'The submission date must not be in the future.');
  if (client.activated_on !== null && submittedOn < client.activated_on) {
    throw refuse(
      'cannot.be.before.client.activation.date',
      `The submission date must not be before the client was activated, ${client.activated_on}.`,
    );
  }
}

export async function submitAccount(
  context: CommandContext,
  { body }: CommandInput<SubmitAccount>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  refuseNotOffered(RESOURCE, body);
  const client = await readClient(context, body.clientId);
  const { next: terms } = applyChanges(await readProductTerms(tx, body.productId), body);
  checkTerms(RESOURCE, terms);
  checkSubmittedOn(body.submittedOnDate, client, businessDate);
  if (body.fieldOfficerId !== undefined) await requireStaffServing(tx, body.fieldOfficerId, client.hierarchy);
  const { id } = await refuseTaken(TAKEN, () =>
    tx.row<{ id: number }>(sql`
      insert into savings_accounts (id, account_no, external_id, client_id, product_id, field_officer_id, status,
                                    submitted_on, submitted_by, ${termsColumns})
      values (nextval(pg_get_serial_sequence('savings_accounts', 'id')),
              coalesce(${body.accountNo || null}, lpad(currval(pg_get_serial_sequence('savings_accounts', 'id'))::text, 9, '0')),
              ${body.externalId || null}, ${client.id}, ${body.productId}, ${body.fieldOfficerId ?? null},
              ${AccountStatus.submitted}, ${body.submittedOnDate}::date, ${user.id}, ${termsValues(terms)})
      returning id`),
  );
  await setCharges(tx, id, body.productId, body.charges);
  return {
    officeId: client.office_id,
    clientId: client.id,
    savingsId: id,
    resourceId: id,
    resourceExternalId: body.externalId || undefined,
  };
}

interface SentCharge {
  readonly chargeId: number;
  readonly amount?: Decimal | undefined;
  readonly dueDate?: LocalDate | undefined;
}

/** The charges that were sent, else those of the product; amounts default to the charge's own. */
async function setCharges(
  tx: Transaction,
  accountId: number,
  productId: number,
  charges: readonly SentCharge[] | undefined,
): Promise<void> {
  if (charges === undefined) {
    await tx.execute(sql`
      insert into savings_account_charges (account_id, charge_id, amount)
      select ${accountId}::bigint, c.id, c.amount from savings_product_charges p join charges c on c.id = p.charge_id
       where p.product_id = ${productId} and c.active`);
    return;
  }
  await tx.execute(sql`delete from savings_account_charges where account_id = ${accountId}`);
  const ids = charges.map(({ chargeId }) => chargeId);
  const stored = await tx.execute(sql`
    insert into savings_account_charges (account_id, charge_id, amount, due_on)
    select distinct on (c.id) ${accountId}::bigint, c.id, coalesce(sent.amount, c.amount), sent.due_on
      from unnest(${ids}::bigint[], ${charges.map(({ amount }) => amount?.toFixed() ?? null)}::numeric[],
                  ${charges.map(({ dueDate }) => dueDate ?? null)}::date[]) as sent (charge_id, amount, due_on)
      join charges c on c.id = sent.charge_id`);
  if (stored !== new Set(ids).size) throw notFound('charge', ids.join(', '));
}

function requirePending(account: LockedAccount, action: string): void {
  if (account.status === AccountStatus.submitted) return;
  throw validationFailed([
    parameterError(
      `validation.msg.savingsaccount.${action}.not.in.submittedandpendingapproval.state`,
      'status',
      'Only an application that is pending approval can be changed or deleted.',
    ),
  ]);
}

interface ApplicationValues extends Terms {
  readonly externalId: string | null;
  readonly accountNo: string;
  readonly fieldOfficerId: number | null;
  readonly submittedOnDate: LocalDate;
}

export async function updateAccount(
  context: CommandContext,
  input: CommandInput<UpdateAccount>,
): Promise<CommandResult> {
  const { tx, businessDate } = context;
  const { body } = input;
  const account = await lockAccount(context, input);
  requirePending(account, 'modify');
  refuseNotOffered(RESOURCE, body);
  if (body.clientId !== undefined && body.clientId !== account.clientId)
    throw invalidField(
      RESOURCE,
      'clientId',
      'cannot.change',
      'An application cannot move to another client.',
    );
  const productId = body.productId ?? account.productId;
  const base = productId === account.productId ? termsOf(account) : await readProductTerms(tx, productId);
  const { externalId, accountNo, fieldOfficerId, submittedOn } = account;
  const current = { ...base, externalId, accountNo, fieldOfficerId, submittedOnDate: submittedOn };
  const { next, changes } = applyChanges<ApplicationValues>(current, body);
  checkTerms(RESOURCE, next);
  checkSubmittedOn(next.submittedOnDate, await readClient(context, account.clientId), businessDate);
  if (next.fieldOfficerId !== null)
    await requireStaffServing(tx, next.fieldOfficerId, account.officeHierarchy);
  await refuseTaken(TAKEN, () =>
    tx.execute(sql`
      update savings_accounts
         set external_id = ${next.externalId}, account_no = ${next.accountNo ?? account.accountNo},
             field_officer_id = ${next.fieldOfficerId}, submitted_on = ${next.submittedOnDate}::date,
             product_id = ${productId}, (${termsColumns}) = row(${termsValues(termsOf(next))})
       where id = ${account.id}`),
  );
  if (body.charges !== undefined) await setCharges(tx, account.id, productId, body.charges);
  return { ...accountResult(account), changes };
}

export async function deleteAccount(context: CommandContext, input: RouteInput): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  requirePending(account, 'delete');
  await context.tx.execute(sql`delete from savings_accounts where id = ${account.id}`);
  return accountResult(account);
}
