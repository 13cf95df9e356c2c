/** The world's currencies, from a kept copy of ISO 4217. */
import currencyCodes from 'currency-codes';
import type { Currency } from './rules.ts';

/**
 * A currency of ISO 4217 by its code, or `null`. Decimal places are the standard's, not the browser's: CLDR, which
 * `Intl` follows, writes dinars without the fils that a bank must keep.
 */
export function isoCurrency(code: string): Currency | null {
  const found = /^[A-Z]{3}$/.test(code) ? currencyCodes.code(code) : undefined;
  if (!found) return null;
  return {
    code: found.code,
    name: found.currency,
    decimalPlaces: found.digits,
    inMultiplesOf: null,
    displaySymbol: symbolOf(found.code),
  };
}

/** All currencies that an organisation may choose, by name. Codes for testing and "no currency" are left out. */
export function isoCurrencies(): readonly Currency[] {
  return currencyCodes
    .codes()
    .filter((code) => !['XXX', 'XTS'].includes(code))
    .flatMap((code) => isoCurrency(code) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function symbolOf(code: string): string | null {
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === 'currency')?.value;
  return symbol === undefined || symbol === code ? null : symbol;
}
