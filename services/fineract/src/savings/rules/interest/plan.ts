/** Which interest is posted when, period after period; what is posted earns from its day on. */
import type { LocalDate } from '@fineract-gitops/dates';
import type { Decimal } from '@fineract-gitops/money';
import {
  type BalanceChange,
  balanceSpans,
  type InterestTerms,
  periodInterest,
  roundInterest,
} from './calculate.ts';
import { postingDateAfter } from './periods.ts';

export interface Posting {
  readonly periodStart: LocalDate;
  /** The first day after the period. */
  readonly postingDate: LocalDate;
  /** Exact, nine decimals. */
  readonly interest: Decimal;
  /** What is posted: negative is owed by the customer, zero posts nothing. */
  readonly amount: Decimal;
  /** Exact interest less posted interest, up to and with this period. */
  readonly carry: Decimal;
}

export interface InterestHistory {
  /** The first day that is not settled. */
  readonly start: LocalDate;
  /** The balance at the end of the day before. */
  readonly opening: Decimal;
  readonly carry: Decimal;
  /** What changed the balance from `start` on, apart from the interest that is planned here. */
  readonly changes: readonly BalanceChange[];
}

/** The posting dates from `start` on that have come by `upTo`. */
export function dueDates(start: LocalDate, upTo: LocalDate, postingPeriod: number): LocalDate[] {
  const dates: LocalDate[] = [];
  let date = postingDateAfter(start, postingPeriod);
  while (date <= upTo) {
    dates.push(date);
    date = postingDateAfter(date, postingPeriod);
  }
  return dates;
}

/** The interest of the periods that end before each of the posting dates (ascending). */
export function planPostings(
  history: InterestHistory,
  postingDates: readonly LocalDate[],
  terms: InterestTerms,
): Posting[] {
  const postings: Posting[] = [];
  // Changes in order of date, each looked at once; a posted amount joins the period that it opens.
  const changes = history.changes.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  let next = 0;
  let { start, opening, carry } = history;
  let posted: BalanceChange | null = null;
  for (const postingDate of postingDates) {
    const inPeriod: BalanceChange[] = posted ? [posted] : [];
    while (next < changes.length && changes[next]!.date < postingDate) inPeriod.push(changes[next++]!);
    const spans = balanceSpans(start, postingDate, opening, inPeriod);
    const interest = periodInterest(spans, postingDate, carry, terms);
    const amount = roundInterest(interest, terms);
    carry = carry.plus(interest).minus(amount);
    postings.push({ periodStart: start, postingDate, interest, amount, carry });
    opening = spans.at(-1)!.balance;
    posted = { date: postingDate, amount };
    start = postingDate;
  }
  return postings;
}
