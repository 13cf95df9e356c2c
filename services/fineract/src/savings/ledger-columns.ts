/** The product's mapping to the general ledger: fields, columns, and the type of account that each must be. */
import { raw, type Sql } from '@fineract-gitops/db';
import { GlType } from '../accounting/index.ts';

interface Purpose {
  readonly column: string;
  readonly type: number;
  /** The name in a product's `accountingMappings`. */
  readonly mapping: string;
}

export const ledgerPurposes = {
  savingsReferenceAccountId: {
    column: 'savings_reference_account_id',
    type: GlType.asset,
    mapping: 'savingsReferenceAccount',
  },
  savingsControlAccountId: {
    column: 'savings_control_account_id',
    type: GlType.liability,
    mapping: 'savingsControlAccount',
  },
  interestOnSavingsAccountId: {
    column: 'interest_on_savings_account_id',
    type: GlType.expense,
    mapping: 'interestOnSavingsAccount',
  },
  incomeFromFeeAccountId: {
    column: 'income_from_fee_account_id',
    type: GlType.income,
    mapping: 'incomeFromFeeAccount',
  },
  incomeFromPenaltyAccountId: {
    column: 'income_from_penalty_account_id',
    type: GlType.income,
    mapping: 'incomeFromPenaltyAccount',
  },
  transfersInSuspenseAccountId: {
    column: 'transfers_in_suspense_account_id',
    type: GlType.liability,
    mapping: 'transfersInSuspenseAccount',
  },
  overdraftPortfolioControlId: {
    column: 'overdraft_portfolio_control_id',
    type: GlType.asset,
    mapping: 'overdraftPortfolioControl',
  },
  incomeFromInterestId: {
    column: 'income_from_interest_id',
    type: GlType.income,
    mapping: 'incomeFromInterest',
  },
  writeOffAccountId: { column: 'write_off_account_id', type: GlType.expense, mapping: 'writeOffAccount' },
} as const satisfies Readonly<Record<string, Purpose>>;

export type LedgerField = keyof typeof ledgerPurposes;
export type LedgerMapping = { readonly [K in LedgerField]: number | null };

export const ledgerFields = Object.keys(ledgerPurposes) as LedgerField[];

/** `savings_reference_account_id, …`, for `insert into` and `update … set (…)`. */
export const ledgerColumns: Sql = raw(ledgerFields.map((field) => ledgerPurposes[field].column).join(', '));

/** `p.savings_reference_account_id as "savingsReferenceAccountId", …` */
export const selectLedger: Sql = raw(
  ledgerFields.map((field) => `p.${ledgerPurposes[field].column} as "${field}"`).join(', '),
);
