/** Rules of the general ledger, without I/O. */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Decimal, sum } from '@fineract-gitops/money';
import { type ApiError, domainRule, type EnumOption, enumOption } from '../kernel/index.ts';

export const GlType = { asset: 1, liability: 2, equity: 3, income: 4, expense: 5 } as const;
export const GlUsage = { detail: 1, header: 2 } as const;
/** Fineract's JournalEntryType. */
export const EntryType = { credit: 1, debit: 2 } as const;

const TYPE_OPTIONS: Readonly<Record<number, EnumOption>> = {
  1: enumOption(1, 'accountType.asset', 'ASSET'),
  2: enumOption(2, 'accountType.liability', 'LIABILITY'),
  3: enumOption(3, 'accountType.equity', 'EQUITY'),
  4: enumOption(4, 'accountType.income', 'INCOME'),
  5: enumOption(5, 'accountType.expense', 'EXPENSE'),
};

const USAGE_OPTIONS: Readonly<Record<number, EnumOption>> = {
  1: enumOption(1, 'accountUsage.detail', 'DETAIL'),
  2: enumOption(2, 'accountUsage.header', 'HEADER'),
};

// The second code carries Fineract's own misspelling; its clients compare it.
const ENTRY_OPTIONS: Readonly<Record<number, EnumOption>> = {
  1: enumOption(1, 'journalEntryType.credit', 'CREDIT'),
  2: enumOption(2, 'journalEntrytType.debit', 'DEBIT'),
};

const ENTITY_OPTIONS: Readonly<Record<number, EnumOption>> = {
  1: enumOption(1, 'productType.loan', 'LOAN'),
  2: enumOption(2, 'productType.saving', 'SAVING'),
};

export const typeOptions = Object.values(TYPE_OPTIONS);
export const usageOptions = Object.values(USAGE_OPTIONS);
export const typeOption = (id: number) => TYPE_OPTIONS[id];
export const usageOption = (id: number) => USAGE_OPTIONS[id];
export const entryOption = (id: number) => ENTRY_OPTIONS[id];
export const entityOption = (id: number | null) => (id === null ? undefined : ENTITY_OPTIONS[id]);

export interface JournalLine {
  readonly glAccountId: number;
  readonly amount: Decimal;
  readonly comments?: string | undefined;
}

/** Whether both sides are there and add up to the same sum. */
export function isBalanced(debits: readonly JournalLine[], credits: readonly JournalLine[]): boolean {
  const total = (lines: readonly JournalLine[]) => sum(lines.map(({ amount }) => amount));
  return debits.length > 0 && credits.length > 0 && total(debits).equals(total(credits));
}

/** The refusal of a posting into a closed period. */
export function closedPeriod(closedOn: LocalDate): ApiError {
  return domainRule(
    'error.msg.glJournalEntry.invalid.accounting.closed',
    `The books of this office are closed up to ${closedOn}: post on a later date, or delete the closure.`,
    closedOn,
  );
}
