/** Rules of the office tree and of currencies, without I/O. */
import currencyCodes from 'currency-codes';
import { domainRule } from '../kernel/index.ts';

/** The path of a new office below its parent: `.1.` and 4 make `.1.4.`. */
export function childHierarchy(parentHierarchy: string, officeId: number): string {
  return `${parentHierarchy}${officeId}.`;
}

/** The name indented by its depth, as select lists show the tree. */
export function decoratedName(name: string, hierarchy: string): string {
  const depth = hierarchy.split('.').length - 3;
  return `${'....'.repeat(Math.max(0, depth))}${name}`;
}

interface OfficePlace {
  readonly id: number;
  readonly hierarchy: string;
}

/** @throws ApiError 403 when the office cannot stand below the parent: itself, one of its own branches, or it is the root */
export function checkNewParent(office: OfficePlace & { parentId: number | null }, parent: OfficePlace): void {
  if (office.parentId === null) {
    throw domainRule(
      'error.msg.office.cannot.update.parent.office.of.root.office',
      'The head office has no parent.',
    );
  }
  if (parent.id === office.id) {
    throw domainRule(
      'error.msg.office.parentId.same.as.id',
      'An office cannot be its own parent.',
      office.id,
      parent.id,
    );
  }
  if (parent.hierarchy.startsWith(office.hierarchy)) {
    throw domainRule(
      'error.msg.office.parentId.is.a.descendant',
      'An office cannot be moved below one of its own branches.',
      office.id,
      parent.id,
    );
  }
}

/** As rosters show a member of the staff: `Lovelace, Ada`. */
export function staffDisplayName(firstname: string | null, lastname: string): string {
  return firstname ? `${lastname}, ${firstname}` : lastname;
}

export interface Currency {
  readonly code: string;
  readonly name: string;
  readonly decimalPlaces: number;
  readonly inMultiplesOf: number | null;
  readonly displaySymbol: string | null;
}

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

/** A currency as every answer of the API carries it. */
export function currencyBody(currency: Currency): Record<string, unknown> {
  const { code, name, decimalPlaces, inMultiplesOf, displaySymbol } = currency;
  return {
    code,
    name,
    decimalPlaces,
    ...(inMultiplesOf === null ? {} : { inMultiplesOf }),
    ...(displaySymbol === null ? {} : { displaySymbol }),
    nameCode: `currency.${code}`,
    displayLabel: `${name} (${displaySymbol ?? code})`,
  };
}
