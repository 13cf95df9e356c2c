/** Posting the interest of periods that are over, each exactly once. */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Sql, sql, type Transaction } from '@fineract-gitops/db';
import { type Decimal, sum } from '@fineract-gitops/money';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  parameterError,
  type RouteInput,
  recordChange,
  validationFailed,
} from '../../kernel/index.ts';
import type { PostInterestAsOn } from '../bodies.ts';
import { dueDates, type Posting, planPostings } from '../rules/interest/plan.ts';
import { interestDueOn, interestTermsOf } from '../rules/interest/terms.ts';
import { AccountStatus } from '../rules/status.ts';
import { TransactionType } from '../rules/transaction-type.ts';
import { applyTransaction } from './apply-transaction.ts';
import { readHistory, unsettledFrom } from './interest-history.ts';
import type { Writer } from './journals.ts';
import {
  type ActiveAccount,
  accountResult,
  lockAccount,
  lockAccountRow,
  requireActive,
} from './locked-account.ts';

export interface PostedInterest {
  readonly accountId: number;
  readonly clientId: number;
  readonly officeId: number;
  readonly currencyCode: string;
  /** One entry per period with interest; negative amounts are overdraft interest. */
  readonly postings: readonly { date: LocalDate; amount: Decimal; transactionId: number }[];
}

export interface InterestRun {
  readonly accountId: number;
  /** Periods that end before this date are posted; a job's business date. */
  readonly upTo: LocalDate;
  readonly userId: number;
  readonly jobName: string;
}

/** The ids of accounts whose interest is due, as a query with one column `id` for the job's partitions. */
export function accountsWithInterestDue(upTo: LocalDate): Sql {
  return sql`
    select id from savings_accounts
     where status = ${AccountStatus.active} and next_interest_posting_on <= ${upTo}::date`;
}

/**
 * Posts all due interest of one account in the caller's transaction, with its audit row and event.
 *
 * @returns what was posted; `null` when nothing is due, so that running again changes nothing
 */
export async function postInterestForAccount(
  tx: Transaction,
  { accountId, upTo, userId, jobName }: InterestRun,
): Promise<PostedInterest | null> {
  const account = await lockAccountRow(tx, accountId);
  if (account?.status !== AccountStatus.active) return null;
  const dueOn = account.nextInterestPostingOn;
  if (dueOn === null || dueOn > upTo) return null;
  requireActive(account);
  const posted = await postDue({ tx, userId, businessDate: upTo }, account, upTo);
  const result = accountResult(account);
  await recordChange(
    tx,
    {
      action: 'POSTINTEREST',
      entity: 'SAVINGSACCOUNT',
      makerId: userId,
      url: `/savingsaccounts/${accountId}?command=postInterest`,
      command: { upTo },
      result,
      idempotencyKey: null,
      requestId: null,
      jobName,
    },
    {
      type: 'savingsaccount.interest-posted',
      aggregateType: 'savingsaccount',
      aggregateId: String(accountId),
      data: { ...result, postings: posted.postings },
      cacheKeys: [`savingsaccounts:${accountId}`],
    },
  );
  return posted;
}

/** Posts every period that ends before a posting date that has come. */
async function postDue(writer: Writer, account: ActiveAccount, upTo: LocalDate): Promise<PostedInterest> {
  const dates = dueDates(unsettledFrom(account), upTo, account.interestPostingPeriodType);
  return settle(writer, account, dates);
}

async function settle(
  writer: Writer,
  account: ActiveAccount,
  dates: readonly LocalDate[],
): Promise<PostedInterest> {
  const history = await readHistory(writer.tx, account, unsettledFrom(account));
  const planned = planPostings(history, dates, interestTermsOf(account));
  const ids: (number | null)[] = [];
  let current = account;
  for (const posting of planned) {
    const applied = await applyPosting(writer, current, posting);
    ids.push(applied?.id ?? null);
    current = applied?.account ?? current;
  }
  await storePostings(writer.tx, account, planned, ids);
  const { id: accountId, clientId, officeId, currencyCode } = account;
  const postings = planned.flatMap(({ postingDate, amount }, index) => {
    const transactionId = ids[index] ?? null;
    return transactionId === null ? [] : [{ date: postingDate, amount, transactionId }];
  });
  return { accountId, clientId, officeId, currencyCode, postings };
}

/** The transaction of a period's interest; none where it came to nothing. */
export async function applyPosting(
  writer: Writer,
  account: ActiveAccount,
  { amount, postingDate }: Pick<Posting, 'amount' | 'postingDate'>,
) {
  if (amount.isZero()) return null;
  const type = amount.isNegative() ? TransactionType.overdraftInterest : TransactionType.interest;
  return applyTransaction(writer, account, { type, date: postingDate, amount: amount.abs() });
}

/** The primary key (account, posting date) refuses what was posted before, whoever tries. */
async function storePostings(
  tx: Transaction,
  account: ActiveAccount,
  postings: readonly Posting[],
  transactionIds: readonly (number | null)[],
): Promise<void> {
  const last = postings.at(-1);
  if (!last) return;
  const dueOn = interestDueOn(account, last.postingDate);
  await tx.execute(sql`
    with stored as (
      insert into savings_interest_postings (account_id, posting_date, period_start, interest, carry, transaction_id)
      select ${account.id}::bigint, * from unnest(
        ${postings.map(({ postingDate }) => postingDate)}::date[], ${postings.map(({ periodStart }) => periodStart)}::date[],
        ${postings.map(({ interest }) => interest.toFixed())}::numeric[],
        ${postings.map(({ carry }) => carry.toFixed())}::numeric[], ${transactionIds}::bigint[]))
    update savings_accounts
       set last_interest_posting_on = ${last.postingDate}::date, next_interest_posting_on = ${dueOn}::date
     where id = ${account.id}`);
}

/** `?command=postInterest`: what the job would post, for one account at once. */
export async function postInterest(context: CommandContext, input: RouteInput): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const account = await lockAccount(context, input);
  requireActive(account);
  const { postings } = await postDue({ tx, userId: user.id, businessDate }, account, businessDate);
  return { ...accountResult(account), changes: { postings } };
}

/** Closes the current period early: interest up to the day before, posted on the day that was asked for. */
export async function postInterestAsOn(
  context: CommandContext,
  input: CommandInput<PostInterestAsOn>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const account = await lockAccount(context, input);
  requireActive(account);
  const date = input.body.transactionDate;
  const start = unsettledFrom(account);
  if (date > businessDate || date <= start) {
    const rule = date > businessDate ? 'in.the.future' : 'before.last.posting';
    throw validationFailed([
      parameterError(
        `error.msg.savingsaccount.transaction.${rule}`,
        'transactionDate',
        `Interest can be posted on a date after ${start} and not after the business date ${businessDate}.`,
        date,
      ),
    ]);
  }
  const regular = dueDates(start, date, account.interestPostingPeriodType);
  const dates = regular.at(-1) === date ? regular : [...regular, date];
  const { postings } = await settle({ tx, userId: user.id, businessDate }, account, dates);
  return { ...accountResult(account), changes: { postings } };
}

/** Interest up to today that is earned and not posted yet, as if the period ended today. Nothing is written. */
export async function calculateInterest(context: CommandContext, input: RouteInput): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  requireActive(account);
  const start = unsettledFrom(account);
  const asOf = context.businessDate;
  const history = await readHistory(context.tx, account, start);
  const regular = dueDates(start, asOf, account.interestPostingPeriodType);
  const dates = asOf > (regular.at(-1) ?? start) ? [...regular, asOf] : regular;
  const planned = planPostings(history, dates, interestTermsOf(account));
  const interestNotPosted = sum(planned.map(({ amount }) => amount));
  return { ...accountResult(account), changes: { interestNotPosted, asOf } };
}
