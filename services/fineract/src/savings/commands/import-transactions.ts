/**
 * The transactions of a bank's history: up to 2,000 rows a request with a handful of statements, balances, journals and
 * all; all rows or none; harmless to send again. What happened, happened: history may overdraw, and is told so.
 */
import { addDays, type LocalDate } from '@fineract-gitops/dates';
import { type Decimal, fitsDecimalPlaces, ZERO } from '@fineract-gitops/money';
import { postJournals } from '../../accounting/index.ts';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  maySeeOffice,
} from '../../kernel/index.ts';
import type { ImportTransactions } from '../import-bodies.ts';
import { lowestPermitted } from '../rules/balance.ts';
import { AccountStatus } from '../rules/status.ts';
import { TransactionType, type TransactionTypeId } from '../rules/transaction-type.ts';
import { ImportProblems } from './import-problems.ts';
import {
  insertHistory,
  type KnownTransaction,
  lockAccountsByExternalId,
  readKnownTransactions,
  readRunningBalances,
} from './import-statements.ts';
import { correctionJournals, journalsOf, movementOf } from './journals.ts';
import type { ActiveAccount, LockedAccount } from './locked-account.ts';
import { type Recomputed, recomputeAccounts } from './recompute.ts';

type Row = CommandInput<ImportTransactions>['body']['rows'][number];

const TYPES: Readonly<Record<string, TransactionTypeId>> = {
  deposit: TransactionType.deposit,
  withdrawal: TransactionType.withdrawal,
  interest: TransactionType.interest,
  fee: TransactionType.payCharge,
};

export interface ReadyRow {
  readonly index: number;
  readonly account: ActiveAccount;
  readonly externalId: string;
  readonly type: TransactionTypeId;
  readonly date: LocalDate;
  readonly amount: Decimal;
  readonly note: string | undefined;
}

export interface ImportedTransactions extends CommandResult {
  readonly imported: number;
  readonly skipped: number;
  /** Rows after which the balance was below what the account's terms permit. */
  readonly overdrawn: readonly { row: number; externalId: string; balance: Decimal }[];
  readonly savingsIds: readonly number[];
  readonly byType: Readonly<Record<number, number>>;
}

export async function importTransactions(
  context: CommandContext,
  { body: { rows } }: CommandInput<ImportTransactions>,
): Promise<ImportedTransactions> {
  const { tx } = context;
  const accounts = await lockAccountsByExternalId(
    tx,
    rows.map((row) => row.accountExternalId),
  );
  const known = await readKnownTransactions(
    tx,
    rows.map((row) => row.externalId),
  );
  const problems = new ImportProblems();
  problems.addRepeated(rows);
  const ready: ReadyRow[] = [];
  for (const [index, row] of rows.entries()) {
    const checked = checkRow(context, problems, index, row, { accounts, known });
    if (checked) ready.push(checked);
  }
  problems.throwIfAny();
  const overdrawn = ready.length === 0 ? [] : await writeHistory(context, ready);
  return {
    imported: ready.length,
    skipped: rows.length - ready.length,
    overdrawn,
    savingsIds: [...new Set(ready.map(({ account }) => account.id))],
    byType: Object.fromEntries(
      [...Map.groupBy(ready, ({ type }) => type)].map(([type, { length }]) => [type, length]),
    ),
  };
}

interface Known {
  readonly accounts: ReadonlyMap<string, LockedAccount>;
  readonly known: ReadonlyMap<string, KnownTransaction>;
}

/** The row made ready to be written; `null` when it is wrong, or already there. */
function checkRow(
  { user, businessDate }: CommandContext,
  problems: ImportProblems,
  index: number,
  row: Row,
  { accounts, known }: Known,
): ReadyRow | null {
  const refuse = (field: string, rule: string, message: string, value?: unknown) => {
    problems.add(index, field, rule, message, value);
    return null;
  };
  const { externalId, accountExternalId, date, amount, note } = row;
  const type = TYPES[row.type]!;
  const account = accounts.get(accountExternalId);
  if (!account || !maySeeOffice(user, account.officeHierarchy))
    return refuse(
      'accountExternalId',
      'unknown',
      'No savings account has this external id.',
      accountExternalId,
    );
  const existing = known.get(externalId);
  if (existing) {
    const same =
      existing.accountId === account.id &&
      existing.type === type &&
      existing.date === date &&
      existing.amount.equals(amount);
    if (!same)
      refuse('externalId', 'different', 'A transaction with this external id has other content.', externalId);
    return null;
  }
  if (!isActive(account))
    return refuse('accountExternalId', 'not.active', 'The account is not active.', accountExternalId);
  if (date < account.activatedOn || date > businessDate) {
    const message = `The date must lie between the account's activation, ${account.activatedOn}, and ${businessDate}.`;
    return refuse('date', 'outside', message, date);
  }
  if (account.lastInterestPostingOn !== null && date < account.lastInterestPostingOn) {
    const message = `Interest of this account is already posted up to ${account.lastInterestPostingOn}: import history first.`;
    return refuse('date', 'before.interest.posting', message, date);
  }
  if (!fitsDecimalPlaces(amount, account.digitsAfterDecimal))
    return refuse(
      'amount',
      'scale',
      `${account.currencyCode} has ${account.digitsAfterDecimal} digits after the point.`,
      amount,
    );
  return { index, account, externalId, type, date, amount, note };
}

function isActive(account: LockedAccount): account is ActiveAccount {
  return account.status === AccountStatus.active && account.activatedOn !== null;
}

async function writeHistory(context: CommandContext, ready: readonly ReadyRow[]) {
  const { tx, user, businessDate } = context;
  const writer = { tx, userId: user.id, businessDate };
  const ids = await insertHistory(writer, ready, interestStarts(ready));
  const byAccount = Map.groupBy(ready, ({ account }) => account.id);
  const places = [...byAccount].map(([accountId, rows]) => {
    const first = rows.toSorted((a, b) =>
      a.date < b.date || (a.date === b.date && a.index < b.index) ? -1 : 1,
    )[0]!;
    return { accountId, date: first.date, transactionId: ids.get(first.externalId)! };
  });
  const recomputed = await recomputeAccounts(tx, places);
  await postJournals(tx, journalsOfHistory(writer, byAccount, ids, recomputed));
  return reportOverdrawn(context, byAccount, ids, recomputed);
}

/** Interest that the old bank posted settles the days up to it: the day after is where ours begins to count. */
function interestStarts(ready: readonly ReadyRow[]): ReadonlyMap<number, LocalDate> {
  const starts = new Map<number, LocalDate>();
  for (const { account, type, date } of ready) {
    if (type !== TransactionType.interest) continue;
    const start = addDays(date, 1);
    const current = starts.get(account.id) ?? account.interestFrom;
    if (current === null || start > current) starts.set(account.id, start);
  }
  return starts;
}

type ByAccount = ReadonlyMap<number, readonly ReadyRow[]>;
type Ids = ReadonlyMap<string, number>;
type AllRecomputed = ReadonlyMap<number, Recomputed>;

function journalsOfHistory(
  writer: Parameters<typeof journalsOf>[0],
  byAccount: ByAccount,
  ids: Ids,
  recomputed: AllRecomputed,
) {
  return [...byAccount].flatMap(([accountId, rows]) => {
    const account = rows[0]!.account;
    const shifts = recomputed.get(accountId)!.shifts;
    const overdraft = new Map(shifts.map(({ id, to }) => [id, to]));
    const own = new Set(rows.map(({ externalId }) => ids.get(externalId)!));
    const journals = rows.flatMap(({ externalId, type, date, amount }) => {
      const id = ids.get(externalId)!;
      return journalsOf(
        writer,
        account,
        id,
        date,
        movementOf(account, type, amount, overdraft.get(id) ?? ZERO),
      );
    });
    return [
      ...journals,
      ...correctionJournals(
        writer,
        account,
        shifts.filter(({ id }) => !own.has(id)),
      ),
    ];
  });
}

async function reportOverdrawn(
  { tx }: CommandContext,
  byAccount: ByAccount,
  ids: Ids,
  recomputed: AllRecomputed,
): Promise<ImportedTransactions['overdrawn']> {
  const suspects = [...byAccount].filter(([accountId, rows]) =>
    recomputed.get(accountId)!.lowestAvailable.lessThan(lowestPermitted(rows[0]!.account)),
  );
  if (suspects.length === 0) return [];
  const rowsById = new Map(
    suspects.flatMap(([, rows]) => rows.map((row) => [ids.get(row.externalId)!, row] as const)),
  );
  const balances = await readRunningBalances(tx, [...rowsById.keys()]);
  return balances
    .map(({ id, balance }) => ({ row: rowsById.get(id)!, balance }))
    .filter(({ row, balance }) => balance.lessThan(lowestPermitted(row.account)))
    .map(({ row, balance }) => ({ row: row.index, externalId: row.externalId, balance }))
    .toSorted((a, b) => a.row - b.row);
}
