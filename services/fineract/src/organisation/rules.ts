/** Rules of the office tree and of currencies, without I/O. */
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
