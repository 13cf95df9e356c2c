/** Approval, rejection, activation and closing of accounts. */
import { addDays, type LocalDate } from '@fineract-gitops/dates';
import { type Sql, sql } from '@fineract-gitops/db';
import { ZERO } from '@fineract-gitops/money';
import {
  type ApiError,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  parameterError,
  type RouteInput,
  validationFailed,
} from '../../kernel/index.ts';
import type { Activate, Approve, Close, Reject, WithdrawApplication } from '../bodies.ts';
import { interestDueOn } from '../rules/interest/terms.ts';
import { AccountStatus, type AccountStatusId, statusOption } from '../rules/status.ts';
import { TransactionType } from '../rules/transaction-type.ts';
import { applyTransaction } from './apply-transaction.ts';
import {
  type ActiveAccount,
  accountResult,
  type LockedAccount,
  lockAccount,
  requireActive,
} from './locked-account.ts';
import { checkMovement } from './move-money.ts';

/** A refusal with Fineract's code for an action on an account: `validation.msg.savingsaccount.<action>.<rule>`. */
function refuse(action: string, rule: string, parameter: string, message: string): ApiError {
  return validationFailed([
    parameterError(`validation.msg.savingsaccount.${action}.${rule}`, parameter, message),
  ]);
}

function requireStatus(account: LockedAccount, status: AccountStatusId, action: string, rule: string): void {
  if (account.status === status) return;
  const { value } = statusOption(account.status);
  throw refuse(action, rule, 'status', `The account's status is "${value}", which does not allow this.`);
}

function checkDecisionDate(
  action: string,
  parameter: string,
  date: LocalDate,
  account: LockedAccount,
  businessDate: LocalDate,
): void {
  if (date < account.submittedOn) {
    const message = `The date must not be before the submission, ${account.submittedOn}.`;
    throw refuse(action, 'cannot.be.before.submittal.date', parameter, message);
  }
  if (date > businessDate) {
    const message = `The date must not be after the business date ${businessDate}.`;
    throw refuse(action, 'cannot.be.a.future.date', parameter, message);
  }
}

async function setStatus(
  { tx }: CommandContext,
  account: LockedAccount,
  status: AccountStatusId,
  assignments: Sql,
  changes: Readonly<Record<string, unknown>>,
): Promise<CommandResult> {
  await tx.execute(
    sql`update savings_accounts set status = ${status}, ${assignments} where id = ${account.id}`,
  );
  return { ...accountResult(account), changes: { status: statusOption(status), ...changes } };
}

const PENDING = 'not.in.submittedandpendingapproval.state';

export async function approve(context: CommandContext, input: CommandInput<Approve>): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  const { approvedOnDate } = input.body;
  requireStatus(account, AccountStatus.submitted, 'approval', PENDING);
  checkDecisionDate('approval', 'approvedOnDate', approvedOnDate, account, context.businessDate);
  const set = sql`approved_on = ${approvedOnDate}::date, approved_by = ${context.user.id}`;
  return setStatus(context, account, AccountStatus.approved, set, { approvedOnDate });
}

export async function undoApproval(context: CommandContext, input: RouteInput): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  requireStatus(account, AccountStatus.approved, 'undoApproval', 'not.in.approved.state');
  const set = sql`approved_on = null, approved_by = null`;
  return setStatus(context, account, AccountStatus.submitted, set, { approvedOnDate: '' });
}

export async function reject(context: CommandContext, input: CommandInput<Reject>): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  const { rejectedOnDate } = input.body;
  requireStatus(account, AccountStatus.submitted, 'reject', PENDING);
  checkDecisionDate('reject', 'rejectedOnDate', rejectedOnDate, account, context.businessDate);
  const set = sql`rejected_on = ${rejectedOnDate}::date, rejected_by = ${context.user.id}`;
  return setStatus(context, account, AccountStatus.rejected, set, { rejectedOnDate });
}

export async function withdrawApplication(
  context: CommandContext,
  input: CommandInput<WithdrawApplication>,
): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  const { withdrawnOnDate } = input.body;
  requireStatus(account, AccountStatus.submitted, 'withdrawnByApplicant', PENDING);
  checkDecisionDate(
    'withdrawnByApplicant',
    'withdrawnOnDate',
    withdrawnOnDate,
    account,
    context.businessDate,
  );
  const set = sql`withdrawn_on = ${withdrawnOnDate}::date, withdrawn_by = ${context.user.id}`;
  return setStatus(context, account, AccountStatus.withdrawn, set, { withdrawnOnDate });
}

/** Opens the account for money. A product with a required opening balance gets it deposited at once, as in Fineract. */
export async function activate(
  context: CommandContext,
  input: CommandInput<Activate>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const account = await lockAccount(context, input);
  const { activatedOnDate } = input.body;
  requireStatus(account, AccountStatus.approved, 'activate', 'not.in.approved.state');
  checkActivation(account, activatedOnDate, businessDate);
  const dueOn = interestDueOn(account, activatedOnDate);
  const result = await setStatus(
    context,
    account,
    AccountStatus.active,
    sql`activated_on = ${activatedOnDate}::date, activated_by = ${user.id}, interest_from = ${activatedOnDate}::date,
        next_interest_posting_on = ${dueOn}::date`,
    { activatedOnDate },
  );
  const opening = account.minRequiredOpeningBalance ?? ZERO;
  if (opening.greaterThan(0)) {
    const active: ActiveAccount = {
      ...account,
      status: AccountStatus.active,
      activatedOn: activatedOnDate,
      interestFrom: activatedOnDate,
      nextInterestPostingOn: dueOn,
    };
    const draft = { type: TransactionType.deposit, date: activatedOnDate, amount: opening };
    await applyTransaction({ tx, userId: user.id, businessDate }, active, draft);
  }
  return result;
}

function checkActivation(account: LockedAccount, date: LocalDate, businessDate: LocalDate): void {
  const check = (earliest: LocalDate | null, rule: string, what: string) => {
    if (earliest !== null && date < earliest) {
      const message = `The activation date must not be before ${what}, ${earliest}.`;
      throw refuse('activate', rule, 'activatedOnDate', message);
    }
  };
  check(account.clientActivatedOn, 'cannot.be.before.client.activation.date', "the client's activation");
  check(account.approvedOn, 'cannot.be.before.approval.date', 'the approval');
  if (date > businessDate) {
    const message = `The activation date must not be after the business date ${businessDate}.`;
    throw refuse('activate', 'cannot.be.a.future.date', 'activatedOnDate', message);
  }
}

/** Closes an account that holds nothing; `withdrawBalance` pays the rest out first. */
export async function close(context: CommandContext, input: CommandInput<Close>): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  let account: LockedAccount = await lockAccount(context, input);
  const { closedOnDate, withdrawBalance, postInterestValidationOnClosure, note, ...payment } = input.body;
  requireStatus(account, AccountStatus.active, 'close', 'not.in.active.state');
  requireActive(account);
  checkClosing(account, closedOnDate, businessDate);
  if (postInterestValidationOnClosure) requireInterestPosted(account, closedOnDate);
  if (withdrawBalance && account.balance.greaterThan(0)) {
    checkMovement(account, closedOnDate, account.balance, businessDate);
    const draft = { type: TransactionType.withdrawal, date: closedOnDate, amount: account.balance, note };
    const writer = { tx, userId: user.id, businessDate };
    ({ account } = await applyTransaction(writer, account, { ...draft, ...payment }));
  }
  if (!account.balance.isZero()) {
    const message = 'The balance is not zero: withdraw it, or send withdrawBalance = true.';
    throw refuse('close', 'results.in.balance.not.zero', 'balance', message);
  }
  const set = sql`closed_on = ${closedOnDate}::date, closed_by = ${user.id}, next_interest_posting_on = null`;
  return setStatus(context, account, AccountStatus.closed, set, { closedOnDate });
}

function checkClosing(account: ActiveAccount, date: LocalDate, businessDate: LocalDate): void {
  const refuseDate = (rule: string, message: string) =>
    refuse('close', `closedOnDate.${rule}`, 'closedOnDate', message);
  if (account.amountOnHold.greaterThan(0)) {
    throw validationFailed([
      parameterError(
        'validation.msg.savingsaccount.amount.is.on.hold.release.the.amount.to.continue',
        'id',
        `${account.amountOnHold.toFixed()} is on hold: release it first.`,
      ),
    ]);
  }
  if (date < account.activatedOn)
    throw refuseDate('must.be.after.activation.date', `The account was activated on ${account.activatedOn}.`);
  if (date > businessDate)
    throw refuseDate('cannot.be.a.future.date', `The business date is ${businessDate}.`);
  if (account.lastTransactionOn !== null && date < account.lastTransactionOn)
    throw refuseDate(
      'must.be.after.last.transaction.date',
      `The last one was on ${account.lastTransactionOn}.`,
    );
}

/** Interest is complete when every period that ended before the closing date is settled. */
function requireInterestPosted(account: ActiveAccount, closedOn: LocalDate): void {
  const dueOn = account.nextInterestPostingOn;
  if (dueOn === null || dueOn > addDays(closedOn, 1)) return;
  throw domainRule(
    'error.msg.postInterest.notDone',
    `Interest is due since ${dueOn}: post it before closing the account.`,
    dueOn,
  );
}
