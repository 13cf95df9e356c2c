/** Entries that people make by hand, and taking them back. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  requireOfficeScope,
} from '../../kernel/index.ts';
import { requireCurrency, requireOffice } from '../../organisation/index.ts';
import type { CreateJournal, ReverseJournal } from '../bodies.ts';
import { EntryType, GlUsage, isBalanced } from '../rules.ts';
import { postJournal } from './post-journal.ts';

/** Posts a manual transaction to accounts that allow it. */
export async function createJournal(
  context: CommandContext,
  { body }: CommandInput<CreateJournal>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  await requireOffice(tx, user, body.officeId);
  await requireCurrency(tx, body.currencyCode);
  if (body.transactionDate > businessDate) {
    throw domainRule(
      'error.msg.glJournalEntry.invalid.future.date',
      'The transaction date must not be in the future.',
      body.transactionDate,
    );
  }
  if (!isBalanced(body.debits, body.credits)) {
    throw domainRule(
      'error.msg.glJournalEntry.invalid.mismatch.debits.credits',
      'The sum of all debits must equal the sum of all credits.',
    );
  }
  await requireManualAccounts(
    tx,
    [...body.debits, ...body.credits].map(({ glAccountId }) => glAccountId),
  );
  const transactionId = await nextTransactionId(tx);
  const { comments, referenceNumber, ...rest } = body;
  await postJournal(tx, {
    officeId: body.officeId,
    currencyCode: body.currencyCode,
    transactionId,
    transactionDate: body.transactionDate,
    submittedOn: businessDate,
    userId: user.id,
    debits: body.debits,
    credits: body.credits,
    manual: { comments, referenceNumber, payment: rest },
  });
  return { officeId: body.officeId, transactionId };
}

async function nextTransactionId(tx: Transaction): Promise<string> {
  const { number } = await tx.row<{ number: number }>(sql`select nextval('manual_journal_number') as number`);
  return `M${number}`;
}

interface GlAccountRow {
  id: number;
  gl_code: string;
  usage: number;
  disabled: boolean;
  manual_entries_allowed: boolean;
}

async function requireManualAccounts(tx: Transaction, ids: readonly number[]): Promise<void> {
  const rows = await tx.rows<GlAccountRow>(sql`
    select id, gl_code, usage, disabled, manual_entries_allowed from gl_accounts
     where id = any (${[...new Set(ids)]}::bigint[]) order by id for share`);
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const id of ids) {
    const account = known.get(id);
    if (!account) throw notFound('glaccount', id);
    if (account.disabled) {
      throw domainRule(
        'error.msg.glJournalEntry.invalid.account.disabled',
        `The account ${account.gl_code} is disabled.`,
        account.gl_code,
      );
    }
    if (!account.manual_entries_allowed || account.usage === GlUsage.header) {
      throw domainRule(
        'error.msg.glJournalEntry.invalid.account.manual.adjustments.not.permitted',
        `The account ${account.gl_code} does not allow manual entries.`,
        account.gl_code,
      );
    }
  }
}

interface EntryRow {
  id: number;
  office_id: number;
  hierarchy: string;
  gl_account_id: number;
  currency_code: string;
  transaction_date: LocalDate;
  entry_type: number;
  amount: Decimal;
  reference_number: string | null;
}

/** Takes a manual transaction back with a new one on the same date, debits and credits exchanged. */
export async function reverseJournal(
  { tx, user, businessDate }: CommandContext,
  { params, body }: CommandInput<ReverseJournal>,
): Promise<CommandResult> {
  const reversedId = params['transactionId'] ?? '';
  const entries = await tx.rows<EntryRow>(sql`
    select e.id, e.office_id, o.hierarchy, e.gl_account_id, e.currency_code, e.transaction_date, e.entry_type, e.amount,
           e.reference_number
      from journal_entries e join offices o on o.id = e.office_id
     where e.transaction_id = ${reversedId} and e.manual_entry and not e.reversed order by e.id for update of e`);
  const first = entries[0];
  if (!first)
    throw notFound(
      'journal entry',
      reversedId.slice(0, 60),
      'error.msg.journalEntries.transactionId.invalid',
    );
  requireOfficeScope(user, first.hierarchy);
  const transactionId = await nextTransactionId(tx);
  const lines = (type: number) =>
    entries
      .filter(({ entry_type }) => entry_type === type)
      .map(({ gl_account_id, amount }) => ({ glAccountId: gl_account_id, amount }));
  await postJournal(tx, {
    officeId: first.office_id,
    currencyCode: first.currency_code,
    transactionId,
    transactionDate: first.transaction_date,
    submittedOn: businessDate,
    userId: user.id,
    debits: lines(EntryType.credit),
    credits: lines(EntryType.debit),
    manual: {
      comments: body.comments || `Reversal of transaction ${reversedId}`,
      referenceNumber: first.reference_number ?? undefined,
      payment: {},
    },
  });
  await tx.execute(sql`
    update journal_entries set reversed = true, reversal_transaction_id = ${transactionId}
     where id = any (${entries.map(({ id }) => id)}::bigint[])`);
  return { officeId: first.office_id, transactionId };
}
