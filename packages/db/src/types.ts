/**
 * How PostgreSQL's values become JavaScript's: `numeric` is an exact Decimal, `date` stays ISO text (never a Date, which
 * has a zone), `bigint` is a number as long as it is safe.
 */
import { Decimal } from '@fineract-gitops/money';
import pg from 'pg';

const NUMERIC = 1700;
const DATE = 1082;
const BIGINT = 20;

const parsers = new Map<number, (text: string) => unknown>([
  [NUMERIC, (text) => new Decimal(text)],
  [DATE, (text) => text],
  [BIGINT, safeInteger],
]);

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`);
  return value;
}

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ??
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};
