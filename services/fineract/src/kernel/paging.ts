/** `offset`, `limit`, `orderBy`, `sortOrder`, and Fineract's page shape. */
import { raw, type Sql } from '@fineract-gitops/db';
import type { RouteInput } from './domain.ts';
import { unsupportedQueryValue } from './errors.ts';

export interface Page<T> {
  readonly totalFilteredRecords: number;
  readonly pageItems: readonly T[];
}

export interface Paging {
  readonly offset: number;
  /** `null`: all rows, as Fineract answers when no positive limit is given. */
  readonly limit: number | null;
  /** `display_name desc`, put together from the caller's own list of columns. */
  readonly orderBy: Sql;
}

/**
 * @param columns SQL expressions by the names that clients may order by; the first is the default order
 * @throws ApiError 400 for an order that is not on the list
 */
export function readPaging({ query }: RouteInput, columns: Readonly<Record<string, string>>): Paging {
  const name = query['orderBy']?.trim() || Object.keys(columns)[0]!;
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (!column) throw unsupportedQueryValue('orderBy', name.slice(0, 60));
  const direction = query['sortOrder']?.trim().toLowerCase() || 'asc';
  if (direction !== 'asc' && direction !== 'desc')
    throw unsupportedQueryValue('sortOrder', direction.slice(0, 60));
  const limit = count(query['limit'], 'limit');
  return {
    offset: Math.max(0, count(query['offset'], 'offset')),
    limit: limit > 0 ? limit : null,
    orderBy: raw(`${column} ${direction}`),
  };
}

function count(text: string | undefined, name: string): number {
  if (text === undefined || text.trim() === '') return 0;
  if (!/^-?\d{1,9}$/.test(text.trim())) throw unsupportedQueryValue(name, text.slice(0, 60));
  return Number(text);
}

/** Rows that carry the total beside them (`count(*) over ()`), or the total alone when the page lies behind the end. */
export function pageOf<T>(total: number, items: readonly T[]): Page<T> {
  return { totalFilteredRecords: total, pageItems: items };
}
