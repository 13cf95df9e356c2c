import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  firstOfNextMonth,
  formatWithPattern,
  isLeapYear,
  type LocalDate,
  lastOfMonth,
  localDate,
  parseWithPattern,
  todayIn,
  toParts,
} from './index.ts';

const EPOCH = localDate('1970-01-01');
/** 1900-01-01 to 2199-12-31. */
const dates = fc.integer({ min: -25_567, max: 84_005 }).map((days) => addDays(EPOCH, days));

describe('a date', () => {
  test('is a real day of the calendar', () => {
    for (const text of ['2024-02-29', '2000-02-29', '1999-12-31']) expect(localDate(text)).toBe(text);
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2024-02-30',
      '2024-13-01',
      '2024-00-10',
      '2024-1-1',
      '',
      'today',
    ]) {
      expect(() => localDate(text), text).toThrow(RangeError);
    }
  });

  test('has its parts, and compares as text', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        const [year, month, day] = toParts(a);
        expect(new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)).toBe(a);
        expect(a < b).toBe(daysBetween(a, b) > 0);
      }),
    );
  });
});

describe('counting', () => {
  test('days there and back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(daysBetween(date, moved)).toBe(days);
        expect(addDays(moved, -days)).toBe(date);
      }),
    );
  });

  const months: [from: string, months: number, to: string][] = [
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-01-15', -13, '2022-12-15'],
  ];
  test.each(months)('%s and %i months are %s', (from, count, to) => {
    expect(addMonths(localDate(from), count)).toBe(to);
  });

  test('months keep the day, or stop at the end of the month', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -600, max: 600 }), (date, count) => {
        const moved = addMonths(date, count);
        const [year, month, day] = toParts(date);
        const [movedYear, movedMonth, movedDay] = toParts(moved);
        expect(movedYear * 12 + movedMonth - (year * 12 + month)).toBe(count);
        expect(movedDay === day || (movedDay < day && moved === lastOfMonth(moved))).toBe(true);
      }),
    );
  });

  test('months have their first and last days', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const [first, last] = [firstOfMonth(date), lastOfMonth(date)];
        expect(first <= date && date <= last).toBe(true);
        expect(addDays(last, 1)).toBe(firstOfNextMonth(date));
        expect(daysBetween(first, last)).toBeLessThan(31);
        if (first.slice(5, 7) === '02') {
          expect(last.endsWith('29')).toBe(isLeapYear(Number(first.slice(0, 4))));
        }
      }),
    );
  });

  test('a day beyond the calendar is refused, not written wrong', () => {
    expect(() => addDays(localDate('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addMonths(localDate('9999-12-01'), 1)).toThrow(RangeError);
  });
});

describe('patterns', () => {
  const patterns = [
    'dd MMMM yyyy',
    'yyyy-MM-dd',
    'd/M/yyyy',
    'dd.MM.yyyy',
    'MMMM d, yyyy',
    'dd MMM yyyy',
    'uuuu-MM-dd',
  ];
  const locales = ['en', 'en_GB', 'de', 'fr', 'es', 'pt_BR', 'cs', 'sw', 'id'];

  test('what is printed reads back', () => {
    fc.assert(
      fc.property(
        dates,
        fc.constantFrom(...patterns),
        fc.constantFrom(...locales),
        (date, pattern, locale) => {
          expect(parseWithPattern(formatWithPattern(date, pattern, locale), pattern, locale)).toBe(date);
        },
      ),
    );
  });

  const table: [text: string, pattern: string, locale: string, date: string | null][] = [
    ['01 March 2024', 'dd MMMM yyyy', 'en', '2024-03-01'],
    ['01 mARCH 2024', 'dd MMMM yyyy', 'en', '2024-03-01'],
    ['01 März 2024', 'dd MMMM yyyy', 'de', '2024-03-01'],
    ['2024-03-01', 'yyyy-MM-dd', 'en', '2024-03-01'],
    ['01 March 2024 13:45:00', 'dd MMMM yyyy', 'en', '2024-03-01'],
    [' 01 March 2024 ', 'dd MMMM yyyy', 'en', '2024-03-01'],
    ['31 February 2024', 'dd MMMM yyyy', 'en', null],
    ['29 February 2023', 'dd MMMM yyyy', 'en', null],
    ['2024-02-30', 'yyyy-MM-dd', 'en', null],
    ['01/03/2024', 'dd MMMM yyyy', 'en', null],
    ['01 March 2024 25:00:00', 'dd MMMM yyyy', 'en', null],
    ['', 'dd MMMM yyyy', 'en', null],
  ];
  test.each(table)('%j as %s in %s', (text, pattern, locale, date) => {
    expect(parseWithPattern(text, pattern, locale)).toBe(date);
  });
});

test('today is the day of the zone, not of the machine', () => {
  const moment = new Date('2024-02-29T23:30:00Z');
  expect(todayIn('UTC', moment)).toBe('2024-02-29');
  expect(todayIn('Asia/Kolkata', moment)).toBe('2024-03-01');
  expect(todayIn('America/Los_Angeles', moment)).toBe('2024-02-29' as LocalDate);
  expect(todayIn('Pacific/Kiritimati', new Date('2024-12-31T10:00:00Z'))).toBe('2025-01-01');
});
