/**
 * Interest that was posted before the past changed. The periods from the changed day on are computed anew; where the
 * amount differs, the old posting is undone and the right one made on the same date, as Apache Fineract does.
 */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import { type Decimal, ZERO } from '@fineract-gitops/money';
import type { ApiError } from '../../kernel/index.ts';
import { lowestPermitted } from '../rules/balance.ts';
import { type Posting, planPostings } from '../rules/interest/plan.ts';
import { interestTermsOf } from '../rules/interest/terms.ts';
import { readHistory } from './interest-history.ts';
import type { Writer } from './journals.ts';
import type { ActiveAccount } from './locked-account.ts';
import { applyPosting } from './post-interest.ts';
import { recomputeFrom } from './recompute.ts';
import { reverseTransaction, type StoredTransaction } from './reverse-transaction.ts';

interface StoredPosting {
  readonly postingDate: LocalDate;
  readonly periodStart: LocalDate;
  /** Absent for a period whose interest came to nothing. */
  readonly transactionId: number | null;
  readonly type: StoredTransaction['type'] | null;
  readonly amount: Decimal | null;
}

/**
 * Brings posted interest in line with a transaction that was added or undone. Call it after every change of the past.
 *
 * @param refusal thrown when less interest makes a later balance fall below what is permitted; `null` allows it
 */
export async function reviseInterest(
  writer: Writer,
  account: ActiveAccount,
  changed: { readonly id: number; readonly date: LocalDate },
  refusal: (() => ApiError) | null,
): Promise<void> {
  // The day's own posting pays for the days before it.
  if (account.lastInterestPostingOn === null || account.lastInterestPostingOn <= changed.date) return;
  const stored = await postingsAfter(writer, account, changed.date);
  const first = stored[0];
  if (!first) return;
  const history = await readHistory(writer.tx, account, first.periodStart);
  const dates = stored.map(({ postingDate }) => postingDate);
  const planned = planPostings(history, dates, interestTermsOf(account));
  let current = account;
  for (const [index, posting] of planned.entries())
    current = await replacePosting(writer, current, stored[index]!, posting);
  if (refusal === null || current.balance.greaterThanOrEqualTo(account.balance)) return;
  const { lowestAvailable } = await recomputeFrom(writer.tx, account.id, changed.date, changed.id);
  if (lowestAvailable.lessThan(lowestPermitted(account))) throw refusal();
}

async function postingsAfter(
  { tx }: Writer,
  account: ActiveAccount,
  date: LocalDate,
): Promise<StoredPosting[]> {
  return tx.rows<StoredPosting>(sql`
    select p.posting_date as "postingDate", p.period_start as "periodStart", p.transaction_id as "transactionId", t.type,
           t.amount
      from savings_interest_postings p left join savings_transactions t on t.id = p.transaction_id
     where p.account_id = ${account.id} and p.posting_date > ${date}::date order by p.posting_date`);
}

async function replacePosting(
  writer: Writer,
  account: ActiveAccount,
  stored: StoredPosting,
  right: Posting,
): Promise<ActiveAccount> {
  const same = signedAmount(stored).equals(right.amount);
  let current = account;
  let transactionId = stored.transactionId;
  if (!same) {
    if (transactionId !== null) {
      const old = await currentRow(writer, transactionId);
      current = await reverseTransaction(writer, current, old, false);
    }
    const applied = await applyPosting(writer, current, right);
    transactionId = applied?.id ?? null;
    current = applied?.account ?? current;
  }
  await writer.tx.execute(sql`
    update savings_interest_postings
       set interest = ${right.interest}, carry = ${right.carry}, transaction_id = ${transactionId}
     where account_id = ${account.id} and posting_date = ${right.postingDate}::date`);
  return current;
}

function signedAmount({ type, amount }: StoredPosting): Decimal {
  if (amount === null) return ZERO;
  return type === 17 ? amount.neg() : amount;
}

/** Read anew: replacing an earlier posting may have moved this one's part below zero. */
async function currentRow({ tx }: Writer, transactionId: number): Promise<StoredTransaction> {
  return tx.row<StoredTransaction>(sql`
    select id, type, date, amount, overdraft_amount as "overdraftAmount", reversed, null::bigint as "releasedBy",
           true as "settlesPeriod"
      from savings_transactions where id = ${transactionId}`);
}
