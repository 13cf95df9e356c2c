/** Typed values after a path's question mark; absent or blank is `null`, wrong ones are refused by name. */
import { type LocalDate, parseWithPattern } from '@fineract-gitops/dates';
import type { RouteInput } from './domain.ts';
import { unsupportedQueryValue } from './errors.ts';

function textOf({ query }: RouteInput, name: string): string | null {
  return query[name]?.trim() || null;
}

/** @throws ApiError 400 when the value is no whole number */
export function queryInteger(input: RouteInput, name: string): number | null {
  const text = textOf(input, name);
  if (text === null) return null;
  if (!/^\d{1,15}$/.test(text)) throw unsupportedQueryValue(name, text.slice(0, 60));
  return Number(text);
}

/** @throws ApiError 400 when the value is neither `true` nor `false` */
export function queryBoolean(input: RouteInput, name: string): boolean | null {
  const text = textOf(input, name)?.toLowerCase() ?? null;
  if (text !== null && text !== 'true' && text !== 'false')
    throw unsupportedQueryValue(name, text.slice(0, 60));
  return text === null ? null : text === 'true';
}

/**
 * A date in the request's `dateFormat` and `locale`, or as `yyyy-MM-dd` without them.
 *
 * @throws ApiError 400 when the value is no date
 */
export function queryDate(input: RouteInput, name: string): LocalDate | null {
  const text = textOf(input, name);
  if (text === null) return null;
  const date = dateOrNull(text, input.query['dateFormat'] || 'yyyy-MM-dd', input.query['locale'] || 'en');
  if (!date) throw unsupportedQueryValue(name, text.slice(0, 60));
  return date;
}

function dateOrNull(text: string, dateFormat: string, locale: string): LocalDate | null {
  try {
    return parseWithPattern(text, dateFormat.slice(0, 60), locale.slice(0, 20));
  } catch {
    // The locale is none.
    return null;
  }
}

/** Text to look for anywhere in a column, as the pattern of `ilike`. */
export function queryPattern(input: RouteInput, name: string): string | null {
  const text = textOf(input, name);
  return text === null ? null : `%${text.slice(0, 200).replaceAll(/[\\%_]/g, '\\$&')}%`;
}
