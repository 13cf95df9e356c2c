/** The currencies that the organisation works in, and those that it could choose. */
import { type Queryable, sql } from '@fineract-gitops/db';
import { notFound, type QueryContext } from '../../kernel/index.ts';
import { isoCurrencies } from '../iso-currencies.ts';
import { type Currency, currencyBody } from '../rules.ts';

const columns = sql`
  code, name, decimal_places as "decimalPlaces", in_multiples_of as "inMultiplesOf", display_symbol as "displaySymbol"`;

export async function readCurrencies({ db }: QueryContext): Promise<unknown> {
  const selected = await selectedCurrencies(db);
  const chosen = new Set(selected.map(({ code }) => code));
  return {
    selectedCurrencyOptions: selected.map(currencyBody),
    currencyOptions: isoCurrencies()
      .filter(({ code }) => !chosen.has(code))
      .map(currencyBody),
  };
}

/** The organisation's currencies, by name. */
export async function selectedCurrencies(db: Queryable): Promise<Currency[]> {
  return db.rows<Currency>(sql`select ${columns} from currencies order by name`);
}

/** @throws ApiError 404 when the organisation does not work in this currency */
export async function requireCurrency(db: Queryable, code: string): Promise<Currency> {
  const found = await db.rowOrNull<Currency>(sql`select ${columns} from currencies where code = ${code}`);
  if (!found) throw notFound('currency', code, 'error.msg.currency.currencyCode.invalid.or.not.supported');
  return found;
}
