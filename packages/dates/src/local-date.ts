/**
 * Calendar dates without a time or a zone, as ISO text (`2024-03-01`). Text compares in date order, is what PostgreSQL
 * sends and receives, and cannot slip a day through a time zone.
 */
declare const localDateBrand: unique symbol;
export type LocalDate = string & { readonly [localDateBrand]: true };

const MS_PER_DAY = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads an ISO date.
 *
 * @throws RangeError when the text is not a real calendar date (31 February is not)
 */
export function localDate(text: string): LocalDate {
  const match = ISO_DATE.exec(text);
  if (!match || fromEpochDay(epochDay(text as LocalDate)) !== text)
    throw new RangeError(`not a date: ${text.slice(0, 40)}`);
  return text as LocalDate;
}

/** Year, month (1–12) and day, the way Fineract prints dates. */
export function toParts(date: LocalDate): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDay(to) - epochDay(from);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromEpochDay(epochDay(date) + days);
}

/** Same day some months later; the month's last day where the day does not exist (31 January + 1 = 28 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = toParts(date);
  const first = fromEpochDay(Date.UTC(year, month - 1 + months, 1) / MS_PER_DAY);
  const last = lastOfMonth(first);
  return Number(last.slice(8)) < day ? last : addDays(first, day - 1);
}

export function firstOfMonth(date: LocalDate): LocalDate {
  return `${date.slice(0, 8)}01` as LocalDate;
}

export function firstOfNextMonth(date: LocalDate): LocalDate {
  return addMonths(firstOfMonth(date), 1);
}

export function lastOfMonth(date: LocalDate): LocalDate {
  const [year, month] = toParts(date);
  return fromEpochDay(Date.UTC(year, month, 1) / MS_PER_DAY - 1);
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Today's date in a time zone (`Asia/Kolkata`): the one place where an instant becomes a date. */
export function todayIn(timeZone: string, now: Date = new Date()): LocalDate {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return localDate(parts.format(now));
}

function epochDay(date: LocalDate): number {
  const [year, month, day] = toParts(date);
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

/** @throws RangeError outside the years that four digits can write */
function fromEpochDay(day: number): LocalDate {
  const text = new Date(day * MS_PER_DAY).toISOString();
  if (!/^\d{4}-/.test(text)) throw new RangeError('a date beyond the year 9999');
  return text.slice(0, 10) as LocalDate;
}
