/**
 * Seals over the audit log: one link of a SHA-256 chain per row, in the order of ids. Triggers keep the program itself
 * from changing the log; the chain shows what somebody with the database in hand did. Whoever can rewrite every later
 * seal too is found by comparing with a head that was kept elsewhere: `verifyAuditLog(db, knownHead)`.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type Queryable, sql, type Transaction } from '@fineract-gitops/db';

export interface SealHead {
  readonly auditId: number;
  readonly hash: string;
}

export interface SealOutcome {
  readonly sealedRows: number;
  readonly head: SealHead | null;
}

export interface Verification {
  readonly intact: boolean;
  readonly verifiedRows: number;
  readonly head: SealHead | null;
  readonly firstBroken: { readonly auditId: number; readonly problem: Problem } | null;
}

/** A sealed row was changed or removed, an unsealed one stands among sealed ones, or the whole chain was rewritten. */
export type Problem = 'changed' | 'missing' | 'inserted' | 'chain rewritten';

const BATCH_SIZE = 1_000;
const SEALER_LOCK = 7_462_014;
const GENESIS = 'fineract-gitops audit log';

/** What a row's seal covers, as text that is the same wherever it is computed. */
export const canonicalRow = sql`
  jsonb_build_object(
    'id', a.id, 'madeOn', to_char(a.made_on at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'makerId', a.maker_id,
    'actionName', a.action_name, 'entityName', a.entity_name, 'url', a.url, 'command', a.command,
    'processingResult', a.processing_result, 'officeId', a.office_id, 'clientId', a.client_id,
    'savingsAccountId', a.savings_account_id, 'productId', a.product_id, 'resourceId', a.resource_id,
    'subResourceId', a.sub_resource_id, 'transactionId', a.transaction_id, 'idempotencyKey', a.idempotency_key,
    'requestId', a.request_id, 'jobName', a.job_name)::text`;

function link(previous: string, row: string): string {
  return createHash('sha256').update(previous).update('\n').update(row).digest('hex');
}

/**
 * Appends seals for the rows that no running transaction can still come before. Waits up to `patienceMs` for writers that
 * were under way, without holding up new ones; answers zero rows when they take longer.
 */
export async function sealAuditLog(db: Database, patienceMs = 5_000): Promise<SealOutcome> {
  const horizon = await settledHorizon(db, patienceMs);
  return db.transaction(async (tx) => {
    const { locked } = await tx.row<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(${SEALER_LOCK}::bigint) as locked`,
    );
    let head = await lastSeal(tx);
    if (!locked) return { sealedRows: 0, head };
    let sealedRows = 0;
    for (;;) {
      const rows = await tx.rows<{ id: number; row: string }>(sql`
        select a.id, ${canonicalRow} as row from audit_log a
         where a.id > ${head?.auditId ?? 0} and a.id <= ${horizon} order by a.id limit ${BATCH_SIZE}`);
      if (rows.length === 0) return { sealedRows, head };
      head = await appendSeals(tx, head, rows);
      sealedRows += rows.length;
    }
  });
}

async function appendSeals(
  tx: Transaction,
  head: SealHead | null,
  rows: readonly { id: number; row: string }[],
): Promise<SealHead | null> {
  let last = head;
  const seals = rows.map(({ id, row }) => {
    last = { auditId: id, hash: link(last?.hash ?? GENESIS, row) };
    return last;
  });
  await tx.execute(sql`
    insert into audit_seals (audit_id, hash)
    select * from unnest(${seals.map(({ auditId }) => auditId)}::bigint[], ${seals.map(({ hash }) => hash)}::text[])`);
  return last;
}

async function lastSeal(db: Queryable): Promise<SealHead | null> {
  return db.rowOrNull<SealHead>(
    sql`select audit_id as "auditId", hash from audit_seals order by audit_id desc limit 1`,
  );
}

/**
 * The highest id below which nothing can appear any more, or 0 when that is not known yet. Whoever has taken an id from
 * the sequence holds the table's insert lock until the end of their transaction; when those that held it after the highest
 * visible id was read are gone, all lower ids are committed or will never be.
 */
async function settledHorizon(db: Database, patienceMs: number): Promise<number> {
  const { horizon } = await db.row<{ horizon: number }>(
    sql`select coalesce(max(id), 0) as horizon from audit_log`,
  );
  const writers = await insertingTransactions(db);
  const deadline = performance.now() + patienceMs;
  for (let left = writers; left.length > 0; ) {
    if (performance.now() > deadline) return 0;
    await sleep(20);
    const now = new Set(await insertingTransactions(db));
    left = writers.filter((writer) => now.has(writer));
  }
  return horizon;
}

async function insertingTransactions(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ writer: string }>(sql`
    select virtualtransaction as writer from pg_locks
     where locktype = 'relation' and relation = 'audit_log'::regclass and mode = 'RowExclusiveLock' and granted
       and database = (select oid from pg_database where datname = current_database())`);
  return rows.map(({ writer }) => writer);
}

interface PairRow {
  id: number;
  hash: string | null;
  row: string | null;
}

/**
 * Walks the sealed part of the log and names the first row that does not fit.
 *
 * @param knownHead a head that was kept elsewhere (the export prints it); finds a chain that was rewritten whole
 */
export async function verifyAuditLog(db: Queryable, knownHead?: SealHead): Promise<Verification> {
  const head = await lastSeal(db);
  let verifiedRows = 0;
  let previous = GENESIS;
  for (let after = 0; head !== null; ) {
    const pairs = await sealedPairs(db, after, head.auditId);
    for (const pair of pairs) {
      const problem = problemOf(pair, previous, knownHead);
      if (problem) return { intact: false, verifiedRows, head, firstBroken: { auditId: pair.id, problem } };
      previous = pair.hash ?? previous;
      verifiedRows++;
      after = pair.id;
    }
    if (pairs.length < BATCH_SIZE) break;
  }
  if (knownHead && (head === null || head.auditId < knownHead.auditId)) {
    const firstBroken = { auditId: knownHead.auditId, problem: 'missing' } as const;
    return { intact: false, verifiedRows, head, firstBroken };
  }
  return { intact: true, verifiedRows, head, firstBroken: null };
}

async function sealedPairs(db: Queryable, after: number, until: number): Promise<PairRow[]> {
  return db.rows<PairRow>(sql`
    select coalesce(s.audit_id, a.id) as id, s.hash, case when a.id is not null then ${canonicalRow} end as row
      from (select * from audit_seals where audit_id > ${after} and audit_id <= ${until}) s
      full join (select * from audit_log where id > ${after} and id <= ${until}) a on a.id = s.audit_id
     order by 1 limit ${BATCH_SIZE}`);
}

function problemOf(
  { id, hash, row }: PairRow,
  previous: string,
  knownHead: SealHead | undefined,
): Problem | null {
  if (hash === null) return 'inserted';
  if (row === null) return 'missing';
  if (link(previous, row) !== hash) return 'changed';
  return knownHead?.auditId === id && knownHead.hash !== hash ? 'chain rewritten' : null;
}
