/** An account under its row lock, with all that a decision about it needs, in one statement. */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Sql, sql, type Transaction } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  type CommandContext,
  domainRule,
  notFound,
  parameterError,
  pathId,
  type RouteInput,
  requireOfficeScope,
  validationFailed,
} from '../../kernel/index.ts';
import { type LedgerMapping, selectLedger } from '../ledger-columns.ts';
import type { LedgerAccounts } from '../rules/ledger.ts';
import { AccountStatus, type AccountStatusId } from '../rules/status.ts';
import type { Terms } from '../rules/terms.ts';
import { selectTerms } from '../terms-columns.ts';

export interface LockedAccount extends Terms, LedgerMapping {
  readonly id: number;
  readonly accountNo: string;
  readonly externalId: string | null;
  readonly clientId: number;
  readonly clientStatus: number;
  readonly clientActivatedOn: LocalDate | null;
  readonly productId: number;
  readonly fieldOfficerId: number | null;
  readonly officeId: number;
  readonly officeHierarchy: string;
  readonly status: AccountStatusId;
  readonly accountingRule: number;
  readonly balance: Decimal;
  readonly amountOnHold: Decimal;
  readonly lastTransactionOn: LocalDate | null;
  readonly interestFrom: LocalDate | null;
  readonly lastInterestPostingOn: LocalDate | null;
  readonly nextInterestPostingOn: LocalDate | null;
  readonly submittedOn: LocalDate;
  readonly approvedOn: LocalDate | null;
  readonly activatedOn: LocalDate | null;
}

/** `select … from … `, to be ended with a condition and `for update of a`. */
export const selectLocked: Sql = sql`
  select a.id, a.account_no as "accountNo", a.external_id as "externalId", a.client_id as "clientId",
         c.status as "clientStatus", c.activated_on as "clientActivatedOn", a.product_id as "productId",
         a.field_officer_id as "fieldOfficerId", c.office_id as "officeId", o.hierarchy as "officeHierarchy", a.status,
         p.accounting_rule as "accountingRule", a.balance, a.amount_on_hold as "amountOnHold",
         a.last_transaction_on as "lastTransactionOn", a.interest_from as "interestFrom",
         a.last_interest_posting_on as "lastInterestPostingOn", a.next_interest_posting_on as "nextInterestPostingOn",
         a.submitted_on as "submittedOn", a.approved_on as "approvedOn", a.activated_on as "activatedOn",
         ${selectTerms('a')}, ${selectLedger}
    from savings_accounts a
    join savings_products p on p.id = a.product_id
    join clients c on c.id = a.client_id
    join offices o on o.id = c.office_id`;

/** Reads and locks an account; `null` when there is none. */
export async function lockAccountRow(tx: Transaction, id: number): Promise<LockedAccount | null> {
  return tx.rowOrNull<LockedAccount>(sql`${selectLocked} where a.id = ${id} for update of a`);
}

/**
 * The account that a path names, locked.
 *
 * @throws ApiError 404, or 403 outside the user's offices
 */
export async function lockAccount(context: CommandContext, input: RouteInput): Promise<LockedAccount> {
  const id = pathId(input, 'savingsId', 'saving.account');
  const account = await lockAccountRow(context.tx, id);
  if (!account) throw notFound('saving.account', id);
  requireOfficeScope(context.user, account.officeHierarchy);
  return account;
}

/** @throws ApiError 400 unless the account is active, 403 unless its client is */
export function requireActive(account: LockedAccount): asserts account is ActiveAccount {
  if (account.status !== AccountStatus.active) {
    throw validationFailed([
      parameterError(
        'error.msg.savingsaccount.transaction.account.is.not.active',
        'transactionDate',
        'The account is not active: approve and activate it first.',
      ),
    ]);
  }
  if (account.clientStatus !== 300) {
    throw domainRule(
      'error.msg.client.not.active.exception',
      'The client of this account is not active.',
      account.clientId,
    );
  }
}

export type ActiveAccount = LockedAccount & { readonly activatedOn: LocalDate };

/** Where transactions of the account are posted; `null` without accounting. */
export function ledgerOf(
  account: LedgerMapping & { readonly accountingRule: number },
): LedgerAccounts | null {
  if (account.accountingRule === 1) return null;
  const required = (id: number | null): number => {
    if (id === null) throw new Error('a product with cash accounting lacks a general ledger account');
    return id;
  };
  return {
    reference: required(account.savingsReferenceAccountId),
    control: required(account.savingsControlAccountId),
    interestExpense: required(account.interestOnSavingsAccountId),
    feeIncome: required(account.incomeFromFeeAccountId),
    overdraftPortfolio: required(account.overdraftPortfolioControlId),
    interestIncome: required(account.incomeFromInterestId),
  };
}

/** The ids that every answer about an account carries. */
export function accountResult(account: LockedAccount) {
  const { officeId, clientId, id } = account;
  return { officeId, clientId, savingsId: id, resourceId: id };
}
