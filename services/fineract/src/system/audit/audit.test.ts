import { createHash } from 'node:crypto';
import { type Database, sql } from '@fineract-gitops/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { innerCodes, openTestBank, type TestBank } from '../../testing/test-bank.ts';
import { sealAuditLog, verifyAuditLog } from './seal.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank[Symbol.asyncDispose]());

let number = 0;
async function change(): Promise<void> {
  expect((await bank.post('/codes', { name: `Audited ${number++}` })).status).toBe(200);
}

/** What the owner of the database could do behind the program's back. */
async function tamper(db: Database, work: ReturnType<typeof sql>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`alter table audit_log disable trigger user`);
    await tx.execute(sql`alter table audit_seals disable trigger user`);
    await tx.execute(work);
    await tx.execute(sql`alter table audit_log enable trigger user`);
    await tx.execute(sql`alter table audit_seals enable trigger user`);
  });
}

describe('the audit log', () => {
  test('is listed, filtered, paged and read', async () => {
    await change();
    await change();
    const page = (await bank.get('/audits?paged=true&limit=1&actionName=CREATE&entityName=CODE')).body;
    expect(page.totalFilteredRecords).toBe(2);
    expect(page.pageItems).toMatchObject([
      {
        actionName: 'CREATE',
        entityName: 'CODE',
        maker: 'admin',
        processingResult: 'processed',
        url: '/codes',
      },
    ]);
    expect(Math.abs(Date.now() - page.pageItems[0].madeOnDate)).toBeLessThan(60_000);
    expect(page.pageItems[0]).not.toHaveProperty('commandAsJson');
    const one = (await bank.get(`/audits/${page.pageItems[0].id}`)).body;
    expect(JSON.parse(one.commandAsJson)).toEqual({ name: 'Audited 1' });
    expect((await bank.get('/audits?makerDateTimeFrom=2100-01-01')).body).toEqual([]);
    expect(
      (await bank.get('/audits?makerDateTimeTo=2100-01-01 10:00:00&includeJson=true')).body,
    ).toHaveLength(2);
    expect((await bank.get('/audits?makerDateTimeFrom=tomorrow')).status).toBe(400);
    expect((await bank.get("/audits?orderBy=id'--")).status).toBe(400);
    expect(innerCodes(await bank.get('/audits/99999999'))).toEqual(['error.msg.audit.id.invalid']);
    const template = (await bank.get('/audits/searchtemplate')).body;
    expect(template.actionNames).toContain('ACTIVATE');
    expect(template.entityNames).toContain('CLIENT');
    expect(template.statuses).toContainEqual({ id: 1, processingResult: 'processed' });
  });

  test('cannot be changed by the program, not even by its superuser', async () => {
    for (const attempt of [
      sql`update audit_log set action_name = 'READ'`,
      sql`delete from audit_log`,
      sql`truncate audit_log cascade`,
      sql`update audit_seals set hash = ''`,
      sql`truncate audit_seals`,
    ]) {
      await sealAuditLog(bank.db);
      await expect(bank.db.execute(attempt)).rejects.toThrow('append-only');
    }
  });
});

describe('seals', () => {
  let sealed: TestBank;
  beforeEach(async () => {
    sealed = await openTestBank();
    for (let i = 0; i < 5; i++) await sealed.post('/codes', { name: `Sealed ${i}` });
    expect(await sealAuditLog(sealed.db)).toMatchObject({ sealedRows: 5 });
    return () => sealed[Symbol.asyncDispose]();
  });

  const idAt = (place: number) => sql`(select id from audit_log order by id offset ${place - 1} limit 1)`;
  const attacks: [what: string, work: ReturnType<typeof sql>, problem: string, place: number][] = [
    [
      'a changed command',
      sql`update audit_log set command = '{"name":"other"}' where id = ${idAt(3)}`,
      'changed',
      3,
    ],
    ['another maker', sql`update audit_log set maker_id = maker_id - 1 where id = ${idAt(2)}`, 'changed', 2],
    [
      'a changed moment',
      sql`update audit_log set made_on = made_on - interval '1 microsecond' where id = ${idAt(4)}`,
      'changed',
      4,
    ],
    [
      'a changed seal',
      sql`update audit_seals set hash = repeat('0', 64) where audit_id = ${idAt(5)}`,
      'changed',
      5,
    ],
    ['a removed row', sql`delete from audit_log where id = ${idAt(1)}`, 'missing', 1],
  ];
  test.each(attacks)('find %s', async (_what, work, problem, place) => {
    const ids = await sealed.db.rows<{ id: number }>(sql`select id from audit_log order by id`);
    expect(await verifyAuditLog(sealed.db)).toMatchObject({ intact: true, verifiedRows: 5 });
    await tamper(sealed.db, work);
    expect((await sealed.get('/audits/verification')).body).toMatchObject({
      intact: false,
      verifiedRows: place - 1,
      firstBroken: { auditId: ids[place - 1]!.id, problem },
    });
  });

  test('find a row that was slipped in, and a chain that was rewritten whole', async () => {
    const before = (await verifyAuditLog(sealed.db)).head!;
    await sealed.post('/codes', { name: 'Rolled', position: 'no such field' });
    await tamper(sealed.db, sql`delete from audit_seals where audit_id >= ${idAt(2)}`);
    expect(await verifyAuditLog(sealed.db, before)).toMatchObject({
      intact: false,
      firstBroken: { auditId: before.auditId, problem: 'missing' },
    });
    await tamper(sealed.db, sql`update audit_log set url = '/forged' where id = ${idAt(3)}`);
    await sealAuditLog(sealed.db);
    expect(await verifyAuditLog(sealed.db)).toMatchObject({ intact: true });
    const { auditId, hash } = before;
    expect((await sealed.get(`/audits/verification?auditId=${auditId}&hash=${hash}`)).body).toMatchObject({
      intact: false,
      firstBroken: { auditId, problem: 'chain rewritten' },
    });
    await tamper(sealed.db, sql`delete from audit_seals where audit_id = ${idAt(3)}`);
    expect(await verifyAuditLog(sealed.db)).toMatchObject({
      intact: false,
      firstBroken: { problem: 'inserted' },
    });
  });

  test('go on where they stopped, and leave what is not committed yet', async () => {
    await sealed.post('/codes', { name: 'Later' });
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const slow = sealed.db.transaction(async (tx) => {
      await tx.execute(sql`
        insert into audit_log (maker_id, action_name, entity_name, url, command) values (1, 'SLOW', 'TEST', '/', '{}')`);
      entered.resolve();
      await leave.promise;
    });
    await entered.promise;
    await sealed.post('/codes', { name: 'After the slow one' });
    expect(await sealAuditLog(sealed.db, 100)).toMatchObject({ sealedRows: 0 });
    leave.resolve();
    await slow;
    expect(await sealAuditLog(sealed.db)).toMatchObject({ sealedRows: 3 });
    expect(await verifyAuditLog(sealed.db)).toMatchObject({ intact: true, verifiedRows: 8 });
  });

  test('are sound when many seal while many write', async () => {
    const writes = Array.from({ length: 30 }, (_, i) => sealed.post('/codes', { name: `Busy ${i}` }));
    const seals = Array.from({ length: 6 }, () => sealAuditLog(sealed.db));
    await Promise.all([...writes, ...seals]);
    await sealAuditLog(sealed.db);
    expect(await verifyAuditLog(sealed.db)).toMatchObject({ intact: true, verifiedRows: 35 });
  });

  test('can be checked by anybody from the export alone', async () => {
    await sealed.post('/codes', { name: 'Not sealed yet' });
    const { headers, body } = await sealed.get('/audits/export');
    expect(headers['content-type']).toContain('application/x-ndjson');
    const lines: string[] = String(body).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    let previous = 'fineract-gitops audit log';
    for (const line of lines.slice(0, 5)) {
      const { seal } = JSON.parse(line);
      const record = /^\{"seal":"[0-9a-f]{64}","record":(.*)\}$/.exec(line)![1]!;
      expect(createHash('sha256').update(`${previous}\n${record}`).digest('hex')).toBe(seal);
      previous = seal;
    }
    expect(JSON.parse(lines[5]!)).toMatchObject({ seal: null, record: { entityName: 'CODE' } });
    expect(String((await sealed.get('/audits/export?entityName=NOTHING')).body)).toBe('');
  });
});
