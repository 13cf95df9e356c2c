/** The write flow: one transaction holds the change, its audit row and its event; then invalidation; then 201. */
import { sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, eventually, type FlowBank, startFlowBank } from './flow-bank.ts';

let flow: FlowBank;
let admin: Client;
beforeAll(async () => {
  flow = await startFlowBank();
  admin = await flow.signIn('admin');
});
afterAll(() => flow?.close());

const body = { officeId: 1, firstname: 'Grace', lastname: 'Hopper' };

test('201 with the location, from a write instance', async () => {
  const created = await admin.post('/api/v1/clients', body);
  expect([created.status, created.headers.get('x-fineract-instance')]).toEqual([201, 'write']);
  expect(created.headers.get('location')).toBe(`/api/v1/clients/${created.body.resourceId}`);
  expect((await admin.get(created.headers.get('location')!)).body.displayName).toBe('Grace Hopper');
  // Fineract's own path answers as existing clients expect.
  expect((await admin.post('/fineract-provider/api/v1/clients', body)).status).toBe(200);
});

test('the change, its audit row and its event come from the same transaction', async () => {
  const { body: result } = await admin.post('/api/v1/clients', body);
  const rows = await flow.db.rows<{ source: string; transaction: string }>(sql`
    select 'clients' as source, xmin::text as transaction from clients where id = ${result.clientId}
    union all
    select 'audit_log', xmin::text from audit_log where entity_name = 'CLIENT' and resource_id = ${String(result.clientId)}`);
  expect(rows.map(({ source }) => source)).toEqual(['clients', 'audit_log']);
  expect(new Set(rows.map(({ transaction }) => transaction)).size).toBe(1);
  // The event's row is stamped afterwards by another transaction, so its beginning is compared: now() is the
  // transaction's start, the same for both.
  const times = await flow.db.row<{ same: boolean; type: string }>(sql`
    select e.occurred_at = a.made_on as same, e.type
      from outbox_events e, audit_log a
     where e.aggregate_type = 'client' and e.aggregate_id = ${String(result.clientId)}
       and a.entity_name = 'CLIENT' and a.resource_id = ${String(result.clientId)}`);
  expect(times).toEqual({ same: true, type: 'client.created' });
});

test('the event reaches its consumers after the commit', async () => {
  const { body: result } = await admin.post('/api/v1/clients', body);
  await eventually('the cache consumer had the event', () =>
    flow.db.rowOrNull(sql`
      select 1 as had from outbox_events e join outbox_consumers c on c.name = 'cache' and c.position >= e.position
       where e.aggregate_type = 'client' and e.aggregate_id = ${String(result.clientId)}`),
  );
});

test('a refused write leaves nothing, whatever was wrong', async () => {
  const count = () =>
    flow.db.row(
      sql`select (select count(*) from clients) as clients, (select count(*) from audit_log) as audits`,
    );
  const before = await count();
  expect((await admin.post('/api/v1/clients', { ...body, surprise: 1 })).status).toBe(400);
  const auditor = await flow.signIn('auditor').catch(() => null);
  if (auditor) expect((await auditor.post('/api/v1/clients', body)).status).toBeGreaterThanOrEqual(401);
  expect(await count()).toEqual(before);
});

test('a repeat with the same idempotency key changes nothing and answers the same', async () => {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const first = await admin.post('/api/v1/clients', body, headers);
  const repeat = await admin.post('/api/v1/clients', body, headers);
  expect(repeat.body).toEqual(first.body);
  expect([repeat.status, repeat.headers.get('x-served-from-cache')]).toEqual([201, 'true']);
  const other = await admin.post('/api/v1/clients', { ...body, lastname: 'Murray' }, headers);
  expect(other.status).toBe(422);
});
