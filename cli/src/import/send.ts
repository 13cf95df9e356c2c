/**
 * Sends the staged rows, request by request. The key of a request is made from its content, and the bank skips rows that
 * it has, so whatever was interrupted can be sent again: nothing is lost and nothing doubled.
 */
import { createHash } from 'node:crypto';
import type { FineractApi } from '../api/client.ts';
import { ApiRefusal } from '../api/errors.ts';
import { dateFormat } from '../config/kind.ts';
import type { Entity } from './entities.ts';
import type { Stage } from './stage.ts';

interface Answer {
  readonly imported?: number;
  readonly skipped?: number;
}

interface StagedRow {
  readonly request: string;
}

/**
 * @param progress called with the number of rows done
 * @returns how many rows there were
 */
export async function sendEntity(
  api: FineractApi,
  stage: Stage,
  entity: Entity,
  progress: (done: number) => void,
): Promise<number> {
  let done = 0;
  let number = 0;
  const sent = new Set(
    stage
      .all<{ number: bigint }>('select number from requests where entity = ?', entity.name)
      .map(({ number }) => Number(number)),
  );
  for (const rows of requestsOf(stage, entity)) {
    if (!sent.has(number)) await sendRows(api, stage, entity, number, rows);
    number += 1;
    done += rows.length;
    progress(done);
  }
  return done;
}

/**
 * Transactions go account by account, so that the bank recomputes each balance once; within a day money comes in before
 * it goes out, for the source does not keep the order of a day.
 */
function* requestsOf(stage: Stage, entity: Entity): Generator<string[]> {
  const order =
    entity.name === 'transactions' ? "parent, day, type not in ('deposit', 'interest'), seq" : 'seq';
  let rows: string[] = [];
  for (const { request } of stage.each<StagedRow>(
    `select request from entries where entity = ? order by ${order}`,
    entity.name,
  )) {
    rows.push(request);
    if (rows.length < entity.rowsPerRequest) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** Sends the rows; those that the bank refuses are noted and left out, for it takes all rows of a request or none. */
async function sendRows(
  api: FineractApi,
  stage: Stage,
  entity: Entity,
  number: number,
  rows: readonly string[],
): Promise<void> {
  let left = rows;
  while (left.length > 0) {
    try {
      const { imported = 0, skipped = 0 } = await post(api, entity, left);
      noteSent(stage, entity, number, imported, skipped);
      return;
    } catch (error) {
      const refused = error instanceof ApiRefusal ? refusedRows(error) : new Map<number, string>();
      if (refused.size === 0) throw error;
      noteRefused(stage, entity, left, refused);
      left = left.filter((_, index) => !refused.has(index));
    }
  }
  noteSent(stage, entity, number, 0, 0);
}

async function post(api: FineractApi, entity: Entity, rows: readonly string[]): Promise<Answer> {
  // Sent as text: parsing would turn amounts into floats.
  const body = `{"dateFormat":"${dateFormat.dateFormat}","locale":"${dateFormat.locale}","rows":[${rows.join(',')}]}`;
  const idempotencyKey = createHash('sha256').update(entity.path).update(body).digest('base64url');
  return (await api.post(entity.path, body, { idempotencyKey })) as Answer;
}

/** Places of the rows that a refusal names (`rows[12].amount`), with the reason. */
function refusedRows({ problems }: ApiRefusal): Map<number, string> {
  const refused = new Map<number, string>();
  for (const { parameter, message } of problems) {
    const place = /^rows\[(\d+)\]/.exec(parameter)?.[1];
    if (place !== undefined && !refused.has(Number(place))) refused.set(Number(place), message);
  }
  return refused;
}

function noteSent(stage: Stage, entity: Entity, number: number, imported: number, skipped: number): void {
  stage.run(
    'insert into requests values (?, ?, ?, ?) on conflict do nothing',
    entity.name,
    number,
    imported,
    skipped,
  );
}

function noteRefused(
  stage: Stage,
  entity: Entity,
  rows: readonly string[],
  refused: ReadonlyMap<number, string>,
): void {
  stage.transaction(() => {
    for (const [index, reason] of refused) {
      const { externalId } = JSON.parse(rows[index]!) as { externalId: string };
      stage.run(
        'insert into refused values (?, ?, ?) on conflict do nothing',
        entity.name,
        externalId,
        reason,
      );
    }
  });
}
