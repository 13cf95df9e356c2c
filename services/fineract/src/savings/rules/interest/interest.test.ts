import { addDays, type LocalDate, localDate } from '@fineract-gitops/dates';
import { Decimal, decimal, ZERO } from '@fineract-gitops/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BalanceChange,
  balanceSpans,
  type InterestTerms,
  periodInterest,
  roundInterest,
} from './calculate.ts';
import { postingDateAfter } from './periods.ts';
import { dueDates, planPostings } from './plan.ts';

const on = (text: string) => localDate(text);
const terms: InterestTerms = {
  annualRatePercent: decimal('5'),
  overdraftRatePercent: ZERO,
  daysInYear: 365,
  calculation: 1,
  compounding: 4,
  posting: 4,
  minBalance: ZERO,
  minOverdraft: ZERO,
  decimalPlaces: 2,
  inMultiplesOf: 0,
};

describe('interest of a period, as a banker computes it', () => {
  const average = { calculation: 2 };
  const daily = { compounding: 1 };
  const overdraft = { overdraftRatePercent: decimal('12') };
  const cases: [
    what: string,
    overrides: Partial<InterestTerms>,
    start: string,
    end: string,
    opening: string,
    changes: [string, string][],
    interest: string,
  ][] = [
    ['1,000 for January: 1000 × 5% × 31/365', {}, '2024-01-01', '2024-02-01', '1000', [], '4.246575342'],
    ['the same on 360 days', { daysInYear: 360 }, '2024-01-01', '2024-02-01', '1000', [], '4.305555556'],
    ['a leap February has 29 days', {}, '2024-02-01', '2024-03-01', '1000', [], '3.972602740'],
    [
      'a deposit earns from its day on: 1000 × 14 + 1500 × 17 days',
      {},
      '2024-01-01',
      '2024-02-01',
      '1000',
      [['2024-01-15', '500']],
      '5.410958904',
    ],
    [
      'several movements of a day count with the balance at its end',
      {},
      '2024-01-01',
      '2024-02-01',
      '1000',
      [
        ['2024-01-15', '900'],
        ['2024-01-15', '-400'],
      ],
      '5.410958904',
    ],
    [
      'the average of the days comes to the same',
      average,
      '2024-01-01',
      '2024-02-01',
      '1000',
      [['2024-01-15', '500']],
      '5.410958904',
    ],
    [
      'below the balance that counts, days earn nothing',
      { minBalance: decimal('1200') },
      '2024-01-01',
      '2024-02-01',
      '1000',
      [['2024-01-15', '500']],
      '3.493150685',
    ],
    [
      'with the average method the average must reach it, and then all days earn',
      { ...average, minBalance: decimal('1200') },
      '2024-01-01',
      '2024-02-01',
      '1000',
      [['2024-01-15', '500']],
      '5.410958904',
    ],
    [
      'daily compounding: 1000 × (1 + 5%/365)^31 − 1000',
      daily,
      '2024-01-01',
      '2024-02-01',
      '1000',
      [],
      '4.255312748',
    ],
    [
      'a quarter compounded monthly: each month earns on the months before',
      { posting: 5 },
      '2023-01-01',
      '2023-04-01',
      '1000',
      [],
      '12.379446163',
    ],
    [
      'an overdraft costs, at its own rate',
      overdraft,
      '2024-01-01',
      '2024-02-01',
      '-1000',
      [],
      '-10.191780822',
    ],
    [
      'days below and above zero are netted',
      overdraft,
      '2024-01-01',
      '2024-02-01',
      '-1000',
      [['2024-01-16', '2000']],
      '-2.739726027',
    ],
    [
      'a debt too small to count costs nothing',
      { ...overdraft, minOverdraft: decimal('1000') },
      '2024-01-01',
      '2024-02-01',
      '-1000',
      [],
      '0',
    ],
    ['nothing on nothing', {}, '2024-01-01', '2024-02-01', '0', [], '0'],
  ];
  test.each(cases)('%s', (_what, overrides, start, end, opening, changes, interest) => {
    const moved = changes.map(([date, amount]) => ({ date: on(date), amount: decimal(amount) }));
    const spans = balanceSpans(on(start), on(end), decimal(opening), moved);
    const computed = periodInterest(spans, on(end), ZERO, { ...terms, ...overrides });

    expect(computed.equals(interest)).toBe(true);
  });
});

describe('posting dates', () => {
  const cases: [from: string, period: number, postingDate: string][] = [
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-01-01', 4, '2024-02-01'],
    ['2024-01-31', 4, '2024-02-01'],
    ['2024-12-15', 4, '2025-01-01'],
    ['2024-05-10', 5, '2024-07-01'],
    ['2024-06-30', 5, '2024-07-01'],
    ['2024-07-01', 6, '2025-01-01'],
    ['2024-02-29', 7, '2025-01-01'],
  ];
  test.each(cases)('the period of %s, type %i, is posted on %s', (from, period, postingDate) => {
    expect(postingDateAfter(on(from), period)).toBe(postingDate);
  });
});

describe('rounding is half to even', () => {
  const cases: [exact: string, places: number, multiple: number, rounded: string][] = [
    ['4.245', 2, 0, '4.24'],
    ['4.255', 2, 0, '4.26'],
    ['4.2550001', 2, 0, '4.26'],
    ['12.5', 0, 0, '12'],
    ['12.5', 0, 5, '10'],
    ['-10.191780822', 2, 0, '-10.19'],
  ];
  test.each(cases)(
    '%s to %i places (multiples of %i) is %s',
    (exact, decimalPlaces, inMultiplesOf, rounded) => {
      expect(roundInterest(decimal(exact), { ...terms, decimalPlaces, inMultiplesOf }).toFixed()).toBe(
        rounded,
      );
    },
  );
});

describe('a plan of postings', () => {
  test('what is posted earns from its day on, and rounding is not lost', () => {
    const history = { start: on('2024-01-01'), opening: decimal('1000'), carry: ZERO, changes: [] };
    const planned = planPostings(history, dueDates(on('2024-01-01'), on('2024-04-01'), 4), terms);
    expect(planned.map(({ postingDate, amount }) => `${postingDate} ${amount.toFixed(2)}`)).toEqual([
      '2024-02-01 4.25',
      '2024-03-01 3.99',
      '2024-04-01 4.28',
    ]);
    // Exact interest so far is the posted amount and the carry.
    const exact = planned.reduce((sum, { interest }) => sum.plus(interest), ZERO);
    const posted = planned.reduce((sum, { amount }) => sum.plus(amount), ZERO);
    expect(posted.plus(planned.at(-1)!.carry).equals(exact)).toBe(true);
  });
});

const start = on('2024-01-01');
const day = fc.integer({ min: 0, max: 180 }).map((days) => addDays(start, days));
const cents = fc.integer({ min: 1, max: 1_000_000 }).map((amount) => new Decimal(amount).dividedBy(100));
const change: fc.Arbitrary<BalanceChange> = fc.record({ date: day, amount: cents });
const anyTerms = fc
  .record({
    annualRatePercent: fc.integer({ min: 0, max: 4000 }).map((rate) => new Decimal(rate).dividedBy(100)),
    daysInYear: fc.constantFrom(360, 365),
    calculation: fc.constantFrom(1, 2),
    periods: fc.constantFrom([1, 1], [1, 4], [4, 4], [4, 5], [5, 5], [1, 7], [6, 7]),
  })
  .map(({ periods, ...some }) => ({ ...terms, ...some, compounding: periods[0]!, posting: periods[1]! }));
const show = (postings: ReturnType<typeof planPostings>) =>
  postings.map(({ postingDate, amount, interest, carry }) =>
    [postingDate, amount, interest, carry].join(' '),
  );

describe('properties', () => {
  test('splitting a change of the balance into two of the same day changes nothing', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), anyTerms, (changes, all) => {
        const end = on('2024-07-01');
        const halves = changes.flatMap(({ date, amount }) => {
          const part = amount.dividedBy(3).toDecimalPlaces(2, Decimal.ROUND_DOWN);
          return [
            { date, amount: part },
            { date, amount: amount.minus(part) },
          ];
        });
        const interest = (list: readonly BalanceChange[]) =>
          periodInterest(balanceSpans(start, end, ZERO, list), end, ZERO, all).toFixed();
        expect(interest(halves)).toBe(interest(changes));
      }),
    );
  });

  test('the order in which changes are listed does not matter', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), anyTerms, fc.integer(), (changes, all, seed) => {
        const shuffled = changes.toSorted((a, b) =>
          a.amount.plus(seed).mod(7).lessThan(b.amount.mod(7)) ? -1 : 1,
        );
        const plan = (list: readonly BalanceChange[]) =>
          show(
            planPostings(
              { start, opening: ZERO, carry: ZERO, changes: list },
              dueDates(start, on('2024-07-01'), all.posting),
              all,
            ),
          );
        expect(plan(shuffled)).toEqual(plan(changes));
      }),
    );
  });

  test('a positive balance never earns less than nothing, and more money never earns less', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), anyTerms, cents, (changes, all, more) => {
        const end = on('2024-07-01');
        const interest = (opening: Decimal) =>
          periodInterest(balanceSpans(start, end, opening, changes), end, ZERO, all);
        const some = interest(ZERO);
        expect(some.isNegative() && !some.isZero()).toBe(false);
        expect(interest(more).greaterThanOrEqualTo(some)).toBe(true);
      }),
    );
  });

  test('posting in two steps equals posting in one', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 8 }),
        anyTerms,
        fc.integer({ min: 0, max: 6 }),
        (changes, all, cutAt) => {
          const dates = dueDates(start, on('2025-01-01'), all.posting);
          const once = planPostings({ start, opening: ZERO, carry: ZERO, changes }, dates, all);
          const first = once.slice(0, cutAt);
          const resumed = first.at(-1);
          const rest = planPostings(
            resumed
              ? continued(resumed.postingDate, resumed.carry, changes, first)
              : { start, opening: ZERO, carry: ZERO, changes },
            dates.slice(first.length),
            all,
          );
          expect(show([...first, ...rest])).toEqual(show(once));
        },
      ),
    );
  });
});

/** The history as the database gives it after some periods were posted. */
function continued(
  from: LocalDate,
  carry: Decimal,
  changes: readonly BalanceChange[],
  posted: ReturnType<typeof planPostings>,
) {
  const all = [...changes, ...posted.map(({ postingDate, amount }) => ({ date: postingDate, amount }))];
  const before = all.filter(({ date }) => date < from);
  return {
    start: from,
    opening: before.reduce((sum, { amount }) => sum.plus(amount), ZERO),
    carry,
    changes: all.filter(({ date }) => date >= from),
  };
}
