/**
 * Compares what the bank has with what the source says. Balances are compared at the end of each account's days: a source
 * that does not keep the order within a day has no other moment at which both are known, and any of the balances that it
 * gives for that day may be the last one.
 */
import type { Decimal } from '@fineract-gitops/money';
import { importOrder } from './entities.ts';
import type { Mapping } from './mapping-schema.ts';
import { fromMillionths, type Stage, toMillionths } from './stage.ts';

export interface EntityCount {
  readonly entity: string;
  readonly file: string;
  /** Rows of the file. */
  readonly read: number;
  readonly leftOutByMapping: number;
  readonly rejected: number;
  readonly accepted: number;
  readonly importedNow: number;
  readonly thereBefore: number;
  readonly refusedByBank: number;
}

export interface TypeTotal {
  readonly type: string;
  readonly source: { readonly count: number; readonly amount: Decimal };
  readonly bank: { readonly count: number; readonly amount: Decimal };
}

export interface AccountBalance {
  readonly account: string;
  readonly days: number;
  readonly daysThatDiffer: number;
  /** At the end of the last day; the source's balance is the nearest of that day. */
  readonly lastDay: string;
  readonly computed: Decimal;
  readonly source: Decimal;
}

export interface DayDifference {
  readonly account: string;
  readonly day: string;
  readonly at: string;
  readonly computed: Decimal | null;
  readonly source: Decimal;
  readonly difference: Decimal | null;
}

export interface RejectedRow {
  readonly entity: string;
  readonly at: string;
  readonly externalId: string | null;
  readonly reason: string;
}

export interface Reconciliation {
  readonly reconciled: boolean;
  readonly tolerance: Decimal;
  readonly counts: readonly EntityCount[];
  readonly totals: readonly TypeTotal[];
  readonly accountDays: number;
  readonly differences: readonly DayDifference[];
  readonly accounts: readonly AccountBalance[];
  /** Accounts whose balance went below zero. */
  readonly overdrawn: readonly { readonly account: string; readonly lowest: Decimal; readonly day: string }[];
  /** Accounts without transactions in the source that have a balance all the same. */
  readonly unexpectedBalances: readonly { readonly account: string; readonly balance: Decimal }[];
  readonly rejected: readonly RejectedRow[];
}

/** The report of a check alone: what was read and rejected, nothing of the bank. */
export function summariseCheck(stage: Stage, mapping: Mapping, tolerance: Decimal): Reconciliation {
  return {
    reconciled: false,
    tolerance,
    counts: countEntities(stage, mapping),
    totals: [],
    accountDays: 0,
    differences: [],
    accounts: [],
    overdrawn: [],
    unexpectedBalances: [],
    rejected: listRejected(stage, mapping),
  };
}

export function reconcile(stage: Stage, mapping: Mapping, tolerance: Decimal): Reconciliation {
  compareDays(stage, toMillionths(tolerance));
  const counts = countEntities(stage, mapping);
  const totals = totalTypes(stage);
  const differences = listDifferences(stage, mapping);
  const unexpectedBalances = listUnexpected(stage);
  const rejected = listRejected(stage, mapping);
  const reconciled =
    rejected.length === 0 &&
    differences.length === 0 &&
    unexpectedBalances.length === 0 &&
    counts.every(({ accepted, importedNow, thereBefore }) => importedNow + thereBefore === accepted) &&
    totals.every(({ source, bank }) => source.count === bank.count && source.amount.equals(bank.amount));
  return {
    reconciled,
    tolerance,
    counts,
    totals,
    accountDays: stage.count('select count(*) from compared'),
    differences,
    accounts: listAccounts(stage),
    overdrawn: listOverdrawn(stage),
    unexpectedBalances,
    rejected,
  };
}

/** One row per account-day of the source that has balances, with the nearest of them. */
function compareDays(stage: Stage, tolerance: bigint): void {
  stage.run('drop table if exists compared');
  stage.run(
    `create temp table compared as
     select account, day, line, source, computed,
            computed is null or abs(computed - source) > cast(? as integer) as differs
       from (select e.parent as account, e.day, e.line, e.balance as source, b.balance as computed,
                    row_number() over (partition by e.parent, e.day order by abs(b.balance - e.balance), e.seq) as nearness
               from entries e left join bank_days b on b.account = e.parent and b.day = e.day
              where e.entity = 'transactions' and e.balance is not null)
      where nearness = 1`,
    tolerance,
  );
}

function countEntities(stage: Stage, mapping: Mapping): EntityCount[] {
  return importOrder.flatMap(({ name }) => {
    const table = mapping.tables.get(name);
    if (!table) return [];
    const sums = stage.one<{ imported: bigint | null; skipped: bigint | null }>(
      'select sum(imported) as imported, sum(skipped) as skipped from requests where entity = ?',
      name,
    );
    return [
      {
        entity: name,
        file: table.file,
        read: stage.count('select read from counts where entity = ?', name),
        leftOutByMapping: stage.count('select left_out from counts where entity = ?', name),
        rejected: stage.count('select count(*) from rejected where entity = ?', name),
        accepted: stage.count('select count(*) from entries where entity = ?', name),
        importedNow: Number(sums?.imported ?? 0),
        thereBefore: Number(sums?.skipped ?? 0),
        refusedByBank: stage.count('select count(*) from refused where entity = ?', name),
      },
    ];
  });
}

function totalTypes(stage: Stage): TypeTotal[] {
  interface Row {
    type: string;
    source_count: bigint;
    source_amount: bigint;
    bank_count: bigint;
    bank_amount: bigint;
  }
  const rows = stage.all<Row>(`
    select type, sum(source_count) as source_count, sum(source_amount) as source_amount, sum(bank_count) as bank_count,
           sum(bank_amount) as bank_amount
      from (select type, 1 as source_count, amount as source_amount, 0 as bank_count, 0 as bank_amount
              from entries where entity = 'transactions'
            union all
            select b.type, 0, 0, 1, b.amount from bank_transactions b
              join entries e on e.entity = 'transactions' and e.external_id = b.external_id)
     group by type order by type`);
  return rows.map((row) => ({
    type: row.type,
    source: { count: Number(row.source_count), amount: fromMillionths(row.source_amount) },
    bank: { count: Number(row.bank_count), amount: fromMillionths(row.bank_amount) },
  }));
}

function listDifferences(stage: Stage, mapping: Mapping): DayDifference[] {
  interface Row {
    account: string;
    day: string;
    line: bigint;
    source: bigint;
    computed: bigint | null;
  }
  const file = mapping.tables.get('transactions')?.file ?? '';
  return stage.all<Row>('select * from compared where differs order by account, day').map((row) => {
    const source = fromMillionths(row.source);
    const computed = row.computed === null ? null : fromMillionths(row.computed);
    return {
      account: row.account,
      day: row.day,
      at: `${file}:${row.line}`,
      computed,
      source,
      difference: computed?.minus(source) ?? null,
    };
  });
}

function listAccounts(stage: Stage): AccountBalance[] {
  interface Row {
    account: string;
    days: bigint;
    differ: bigint;
    day: string;
    computed: bigint | null;
    source: bigint;
  }
  const rows = stage.all<Row>(`
    select c.account, count(*) as days, max(c.day) as day, c.computed, c.source, sum(c.differs) as differ
      from compared c group by c.account order by c.account`);
  return rows.map((row) => ({
    account: row.account,
    days: Number(row.days),
    daysThatDiffer: Number(row.differ),
    lastDay: row.day,
    computed: fromMillionths(row.computed),
    source: fromMillionths(row.source),
  }));
}

function listOverdrawn(stage: Stage): Reconciliation['overdrawn'] {
  const rows = stage.all<{ account: string; lowest: bigint; day: string }>(
    'select account, min(balance) as lowest, day from bank_days group by account having min(balance) < 0 order by lowest',
  );
  return rows.map(({ account, lowest, day }) => ({ account, lowest: fromMillionths(lowest), day }));
}

function listUnexpected(stage: Stage): Reconciliation['unexpectedBalances'] {
  const rows = stage.all<{ external_id: string; balance: bigint }>(`
    select external_id, balance from bank_accounts
     where balance <> 0 and external_id in (select external_id from entries where entity = 'savingsAccounts')
       and external_id not in (select parent from entries where entity = 'transactions') order by external_id`);
  return rows.map(({ external_id, balance }) => ({ account: external_id, balance: fromMillionths(balance) }));
}

/** Rows that the check rejected, and those that the bank refused. */
export function listRejected(stage: Stage, mapping: Mapping): RejectedRow[] {
  interface Row {
    entity: string;
    line: bigint;
    external_id: string | null;
    reason: string;
  }
  const rows = stage.all<Row>(`
    select entity, line, external_id, reason from rejected
    union all
    select r.entity, e.line, r.external_id, 'The bank refused it: ' || r.reason from refused r
      join entries e on e.entity = r.entity and e.external_id = r.external_id
     order by 1, 2`);
  return rows.map(({ entity, line, external_id, reason }) => ({
    entity,
    at: `${mapping.tables.get(entity)?.file}:${line}`,
    externalId: external_id,
    reason,
  }));
}
