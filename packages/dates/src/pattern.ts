/**
 * Dates by Java pattern and locale, as Fineract's requests carry them (`dateFormat: "dd MMMM yyyy", locale: "en"`).
 * Parsing is strict and case-insensitive; a trailing ` HH:mm:ss` is allowed and dropped, as Fineract does.
 */
import { DateTime } from 'luxon';
import { type LocalDate, localDate } from './local-date.ts';

const ISO_PATTERN = 'yyyy-MM-dd';

/** The date, or `null` when the text does not match the pattern or is no real date. */
export function parseWithPattern(text: string, javaPattern: string, locale: string): LocalDate | null {
  const trimmed = text.trim();
  if (javaPattern === ISO_PATTERN && trimmed.length === 10) return isoOrNull(trimmed);
  const pattern = toLuxonPattern(javaPattern);
  const options = { zone: 'utc', locale: locale.replaceAll('_', '-') };
  for (const candidate of [pattern, `${pattern} HH:mm:ss`]) {
    const parsed = DateTime.fromFormat(trimmed, candidate, options);
    if (parsed.isValid) return parsed.toISODate() as LocalDate;
  }
  return null;
}

/** The date printed by a Java pattern, for the echo of `changes` in a command's result. */
export function formatWithPattern(date: LocalDate, javaPattern: string, locale: string): string {
  return DateTime.fromISO(date, { zone: 'utc' })
    .setLocale(locale.replaceAll('_', '-'))
    .toFormat(toLuxonPattern(javaPattern));
}

function isoOrNull(text: string): LocalDate | null {
  try {
    return localDate(text);
  } catch {
    return null;
  }
}

/** Java's `u` is the proleptic year, which Luxon writes `y`; a single `y` means the year without padding in both. */
function toLuxonPattern(javaPattern: string): string {
  return javaPattern.replace(/u+/g, 'yyyy').replace(/(?<!y)yyy(?!y)/g, 'yyyy');
}
