import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank({ FINERACT_MODE_BATCH_WORKER_ENABLED: 'true' });
});
afterAll(() => bank[Symbol.asyncDispose]());

async function run(shortName: string) {
  const started = await bank.post(`/jobs/short-name/${shortName}?command=executeJob`);
  expect(started.status).toBe(202);
  const path = String(started.headers['location']).replace('/fineract-provider/api/v1', '');
  await expect.poll(async () => (await bank.get(path)).body.status, { timeout: 15_000 }).not.toBe('running');
  return (await bank.get(path)).body;
}

const keptClients = () =>
  bank.db.rows(
    sql`select data ->> 'clientId' as id from outbox_events where type = 'client.created' order by id`,
  );

test('old events go when every consumer had them', async () => {
  await bank.post('/clients', { officeId: 1, fullname: 'Old' });
  await bank.post('/clients', { officeId: 1, fullname: 'New' });
  await expect
    .poll(async () => bank.db.rows(sql`select from outbox_consumers where position >= 2`), {
      timeout: 15_000,
    })
    .not.toEqual([]);
  await bank.db.execute(
    sql`update outbox_events set occurred_at = now() - interval '31 days' where data ->> 'clientId' = '1'`,
  );
  // A second consumer that is behind keeps them.
  await bank.db.execute(sql`insert into outbox_consumers (name, position) values ('slow', 0)`);
  expect(await run('EXE_PURG')).toMatchObject({ status: 'success' });
  expect(await keptClients()).toEqual([{ id: '1' }, { id: '2' }]);
  await bank.db.execute(sql`delete from outbox_consumers where name = 'slow'`);
  expect(await run('EXE_PURG')).toMatchObject({ status: 'success' });
  expect(await keptClients()).toEqual([{ id: '2' }]);
});

test('old idempotency keys are forgotten, unless that is switched off', async () => {
  await bank.post('/clients', { officeId: 1, fullname: 'Kept' }, { headers: { 'idempotency-key': 'a-key' } });
  await bank.db.execute(sql`update idempotency_records set created_at = now() - interval '31 days'`);
  const setting = sql`name = 'purge-processed-commands-older-than-days'`;
  await bank.db.execute(sql`update configurations set enabled = false where ${setting}`);
  expect(await run('COM_PURG')).toMatchObject({ status: 'success' });
  expect(await bank.db.rows(sql`select key from idempotency_records`)).toEqual([{ key: 'a-key' }]);
  await bank.db.execute(sql`update configurations set enabled = true where ${setting}`);
  expect(await run('COM_PURG')).toMatchObject({ status: 'success' });
  expect(await bank.db.rows(sql`select from idempotency_records`)).toEqual([]);
});

test('the audit log is sealed', async () => {
  expect(await run('AUD_SEAL')).toMatchObject({ status: 'success' });
  const { open } = await bank.db.row<{ open: number }>(sql`
    select count(*) as open from audit_log where id < (select max(id) from audit_log)
       and id not in (select audit_id from audit_seals)`);
  expect(open).toBe(0);
});
