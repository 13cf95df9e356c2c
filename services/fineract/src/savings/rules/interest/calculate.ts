/**
 * Interest on a stretch of end-of-day balances, by Apache Fineract's formulas (PostingPeriod, CompoundingPeriod,
 * EndOfDayBalance): a day earns on the balance at its end. Everything is computed exactly and rounded once, to nine
 * decimals, at the end of a period; Fineract rounds to nine decimals after each change of the balance, which can differ
 * in the last of them.
 */
import { addDays, daysBetween, type LocalDate } from '@fineract-gitops/dates';
import { Decimal, ZERO } from '@fineract-gitops/money';
import { postingDateAfter } from './periods.ts';

export interface InterestTerms {
  /** Percent a year on balances above zero. */
  readonly annualRatePercent: Decimal;
  /** Percent a year on balances below zero. */
  readonly overdraftRatePercent: Decimal;
  /** 360 or 365; a leap year has no more. */
  readonly daysInYear: number;
  /** 1 on each day's balance, 2 on the average of the days. */
  readonly calculation: number;
  /** 1 daily, 4 monthly, 5 quarterly, 6 half-yearly, 7 yearly. */
  readonly compounding: number;
  readonly posting: number;
  /** Smaller balances earn nothing. */
  readonly minBalance: Decimal;
  /** Smaller debts cost nothing. */
  readonly minOverdraft: Decimal;
  readonly decimalPlaces: number;
  /** For currencies without decimals: interest is a multiple of this. */
  readonly inMultiplesOf: number;
}

/** What changed a balance on a day. */
export interface BalanceChange {
  readonly date: LocalDate;
  readonly amount: Decimal;
}

/** Days on which the balance at the end of the day was the same. */
export interface BalanceSpan {
  readonly from: LocalDate;
  readonly days: number;
  readonly balance: Decimal;
}

const EXACT_DECIMAL_PLACES = 9;

/** The end-of-day balances from `start` to the day before `end`. Changes outside are not looked at. */
export function balanceSpans(
  start: LocalDate,
  end: LocalDate,
  opening: Decimal,
  changes: readonly BalanceChange[],
): BalanceSpan[] {
  const spans: BalanceSpan[] = [];
  let from = start;
  let balance = opening;
  const within = changes.filter(({ date }) => date >= start && date < end);
  for (const { date, amount } of within.toSorted((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  )) {
    if (date > from) spans.push({ from, days: daysBetween(from, date), balance });
    from = date;
    balance = balance.plus(amount);
  }
  spans.push({ from, days: daysBetween(from, end), balance });
  return spans;
}

/**
 * Exact interest of one posting period, negative where the account owes more than it earns.
 *
 * @param carry interest of earlier periods that rounding kept out of the balance; it earns, too
 */
export function periodInterest(
  spans: readonly BalanceSpan[],
  end: LocalDate,
  carry: Decimal,
  terms: InterestTerms,
): Decimal {
  const interest =
    terms.compounding === 1
      ? compoundedDaily(spans, carry, terms)
      : compoundedByPeriod(spans, end, carry, terms);
  return interest.toDecimalPlaces(EXACT_DECIMAL_PLACES, Decimal.ROUND_HALF_EVEN);
}

/** Each day earns on the interest of the days before it. The average method has no meaning here, as in Fineract. */
function compoundedDaily(spans: readonly BalanceSpan[], carry: Decimal, terms: InterestTerms): Decimal {
  let earned = ZERO;
  for (const { balance, days } of spans) {
    const present = balance.plus(carry).plus(earned);
    const growth = dailyRate(present, terms).plus(1).pow(days);
    earned = earned.plus(present.times(growth).minus(present));
  }
  return earned;
}

/** Interest joins the balance that earns when its compounding period (a calendar month, quarter …) is over. */
function compoundedByPeriod(
  spans: readonly BalanceSpan[],
  end: LocalDate,
  carry: Decimal,
  terms: InterestTerms,
): Decimal {
  let earned = ZERO;
  for (let from = spans[0]!.from; from < end; ) {
    const periodEnd = postingDateAfter(from, terms.compounding);
    const to = periodEnd < end ? periodEnd : end;
    const part = cut(spans, from, to);
    const compounded = carry.plus(earned);
    const interest =
      terms.calculation === 2
        ? onAverageBalance(part, compounded, terms)
        : onDailyBalance(part, compounded, terms);
    earned = earned.plus(interest);
    from = to;
  }
  return earned;
}

function cut(spans: readonly BalanceSpan[], from: LocalDate, to: LocalDate): BalanceSpan[] {
  return spans.flatMap((span) => {
    const start = span.from > from ? span.from : from;
    const spanEnd = addDays(span.from, span.days);
    const days = daysBetween(start, spanEnd < to ? spanEnd : to);
    return days > 0 ? [{ from: start, days, balance: span.balance }] : [];
  });
}

function onDailyBalance(spans: readonly BalanceSpan[], compounded: Decimal, terms: InterestTerms): Decimal {
  let interest = ZERO;
  for (const { balance, days } of spans) {
    const base = balance.plus(compounded);
    interest = interest.plus(base.times(days).times(dailyRate(base, terms)));
  }
  return interest;
}

function onAverageBalance(spans: readonly BalanceSpan[], compounded: Decimal, terms: InterestTerms): Decimal {
  let days = 0;
  let total = ZERO;
  for (const span of spans) {
    days += span.days;
    total = total.plus(span.balance.plus(compounded).times(span.days));
  }
  if (days === 0) return ZERO;
  return total.times(dailyRate(total.dividedBy(days), terms));
}

/** The rate of one day as a fraction, by what the balance is; zero below the amounts that count. */
function dailyRate(balance: Decimal, terms: InterestTerms): Decimal {
  const counts = balance.isNegative()
    ? balance.lessThan(terms.minOverdraft.neg())
    : balance.greaterThanOrEqualTo(terms.minBalance);
  if (!counts) return ZERO;
  const percent = balance.isNegative() ? terms.overdraftRatePercent : terms.annualRatePercent;
  return percent.dividedBy(terms.daysInYear * 100);
}

/** What is posted of exact interest: rounded half to even to the currency's decimals, or its multiple. */
export function roundInterest(interest: Decimal, terms: InterestTerms): Decimal {
  if (terms.decimalPlaces > 0 || terms.inMultiplesOf <= 1)
    return interest.toDecimalPlaces(terms.decimalPlaces, Decimal.ROUND_HALF_EVEN);
  return interest
    .dividedBy(terms.inMultiplesOf)
    .toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN)
    .times(terms.inMultiplesOf);
}
