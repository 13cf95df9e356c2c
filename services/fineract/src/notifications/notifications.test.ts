import { sql } from '@fineract-gitops/db';
import { createMailSender, createSmsSender } from '@fineract-gitops/messages';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InboxProcess, startInboxProcess } from '../testing/inbox-process.ts';
import { innerCodes, openTestBank, type TestBank } from '../testing/test-bank.ts';
import { type DeliveryWorker, startDelivery } from './delivery.ts';
import { enqueueNotifications } from './enqueue.ts';
import type { InterestPosted } from './templates.ts';

let bank: TestBank;
let inbox: InboxProcess;
let clientId: number;
let worker: DeliveryWorker | undefined;

const data: InterestPosted = {
  accountNo: '000000042',
  currency: 'USD',
  decimalPlaces: 2,
  interest: '12.5',
  balance: '1234567890123.450000',
  periodStart: '2024-02-01',
  postingDate: '2024-03-01',
};

beforeAll(async () => {
  [bank, inbox] = await Promise.all([openTestBank(), startInboxProcess()]);
  const client = await bank.post('/clients', {
    officeId: 1,
    firstname: 'Ada',
    lastname: 'Lovelace',
    emailAddress: 'ada@example.org',
    mobileNo: '+254700000001',
  });
  clientId = client.body.clientId;
});
afterAll(async () => {
  await bank[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
});
beforeEach(() => bank.db.execute(sql`truncate notifications`));
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const enqueue = (cause: string, forClient = clientId, about: unknown = data) =>
  enqueueNotifications(
    bank.db,
    'interest-posted',
    sql`select ${cause}::text as cause, ${forClient}::bigint as client_id, ${JSON.stringify(about)}::jsonb as data`,
  );

function deliver(smtpUrl: string | null, snsEndpoint: string | null): void {
  const { tenants, logger } = bank.instance.resources;
  worker = startDelivery({
    tenants,
    logger,
    leaseSeconds: 20,
    mail: smtpUrl === null ? null : () => createMailSender(smtpUrl, 'bank@example.org'),
    sms:
      snsEndpoint === null
        ? null
        : async () => createSmsSender({ endpoint: snsEndpoint, region: 'us-east-2' }),
  });
}

interface Row {
  channel: string;
  status: string;
  attempts: number;
  error_message: string | null;
}

const rows = () =>
  bank.db.rows<Row>(
    sql`select channel, status, attempts, error_message from notifications order by channel, id`,
  );
const statuses = async () => (await rows()).map(({ channel, status }) => `${channel} ${status}`);

/** A mail server that answers every message with the same code, or hangs up when it has all of it. */
async function mailServer(answer: number | 'hang up') {
  let received = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => {
        received += 1;
        if (answer === 'hang up') for (const connection of server.connections) connection.close();
        else if (answer === 250) done();
        else done(Object.assign(new Error('no thanks'), { responseCode: answer }));
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received: () => received,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

describe('queueing', () => {
  test('makes one message per cause and channel, however often the cause comes', async () => {
    expect(await enqueue('interest:1')).toBe(2);
    expect(await enqueue('interest:1')).toBe(0);
    expect(await statuses()).toEqual(['email pending', 'sms pending']);
  });

  test('leaves out channels on which the customer cannot be reached', async () => {
    const { body } = await bank.post('/clients', { officeId: 1, fullname: 'No Address' });
    expect(await enqueue('interest:2', body.clientId)).toBe(0);
  });
});

describe('delivery', () => {
  test('sends mail and text message, once, with exact amounts', async () => {
    await enqueue('interest:3');
    deliver(inbox.smtpUrl, inbox.snsEndpoint);
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['email sent', 'sms sent']);
    await worker?.stop();
    deliver(inbox.smtpUrl, inbox.snsEndpoint);
    await enqueue('interest:3');
    await worker?.stop();
    const messages = await inbox.messages();
    expect(messages).toHaveLength(2);
    const mail = messages.find(({ kind }) => kind === 'mail');
    expect(mail).toMatchObject({ to: ['ada@example.org'], subject: 'Monthly interest statement' });
    expect(mail?.text).toContain('account *0042');
    expect(mail?.text).toMatch(/Interest: +\$12\.50/);
    expect(mail?.text).toMatch(/New balance: +\$1,234,567,890,123\.45/);
    const sms = messages.find(({ kind }) => kind === 'sms');
    expect(sms).toMatchObject({ to: ['+254700000001'], text: 'Interest credited: $12.50' });
  });

  test('waits while the mail server is away, and goes on when it is back', async () => {
    const gone = await mailServer(250);
    await gone.close();
    await enqueue('interest:4');
    deliver(gone.url, null);
    await expect
      .poll(async () => (await rows())[0], { timeout: 15_000 })
      .toMatchObject({
        channel: 'email',
        status: 'pending',
        attempts: 1,
        error_message: expect.stringContaining('could not be reached'),
      });
    await worker?.stop();
    await bank.db.execute(sql`update notifications set next_attempt_at = now()`);
    deliver(inbox.smtpUrl, null);
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['email sent', 'sms pending']);
  });

  test.each([
    [550, 'failed'],
    [451, 'pending'],
    ['hang up' as const, 'uncertain'],
  ])('a mail server that answers %s leaves the message %s', async (answer, status) => {
    const server = await mailServer(answer);
    await enqueue(`interest:answer:${answer}`);
    deliver(server.url, null);
    await expect
      .poll(async () => (await rows())[0], { timeout: 15_000 })
      .toMatchObject({ status, attempts: 1, error_message: expect.any(String) });
    await worker?.stop();
    await server.close();
    expect(server.received()).toBe(1);
    expect(JSON.stringify(await rows())).not.toContain('ada@');
  });

  test('refuses a number that no provider takes, and a customer without an address', async () => {
    const { body } = await bank.post('/clients', {
      officeId: 1,
      fullname: 'Bad Number',
      mobileNo: '0700',
      emailAddress: 'bad@example.org',
    });
    await enqueue('interest:5', body.clientId);
    await bank.db.execute(sql`update clients set email_address = null where id = ${body.clientId}`);
    deliver(inbox.smtpUrl, inbox.snsEndpoint);
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['email failed', 'sms failed']);
  });

  test('gives up after its time', async () => {
    const server = await mailServer(451);
    await enqueue('interest:6');
    await bank.db.execute(sql`update notifications set give_up_at = now() - interval '1 minute'`);
    deliver(server.url, null);
    await expect.poll(async () => (await rows())[0]?.status, { timeout: 15_000 }).toBe('failed');
    await worker?.stop();
    await server.close();
  });

  test('what a dead instance had in hand is uncertain, and goes out again only when an operator says so', async () => {
    await enqueue('interest:7');
    await bank.db.execute(
      sql`update notifications set status = 'sending', claimed_by = 'dead', attempts = 1`,
    );
    deliver(inbox.smtpUrl, inbox.snsEndpoint);
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['email uncertain', 'sms uncertain']);
    const before = (await inbox.messages()).length;
    const { body } = await bank.get('/notifications/deliveries?status=uncertain&channel=sms');
    expect(body).toMatchObject({ totalFilteredRecords: 1, pageItems: [{ clientId, attempts: 1 }] });
    const retried = await bank.post(`/notifications/deliveries/${body.pageItems[0].id}?command=retry`);
    expect(retried.status).toBe(200);
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['email uncertain', 'sms sent']);
    expect((await inbox.messages()).length).toBe(before + 1);
    const again = await bank.post(`/notifications/deliveries/${body.pageItems[0].id}?command=retry`);
    expect([again.status, innerCodes(again)]).toEqual([403, ['error.msg.notification.not.retryable']]);
  });
});

describe('reading', () => {
  test('shows neither address nor words, and refuses unknown filters', async () => {
    await enqueue('interest:8');
    const list = await bank.get('/notifications/deliveries?limit=1');
    expect(list.body).toMatchObject({
      totalFilteredRecords: 2,
      pageItems: [{ template: 'interest-posted' }],
    });
    expect(JSON.stringify(list.body)).not.toMatch(/ada@|\+254|12\.5/);
    expect((await bank.get('/notifications/deliveries?status=lost')).status).toBe(400);
    expect((await bank.post('/notifications/deliveries/999?command=retry')).status).toBe(404);
  });

  test("the staff's tray is there for the web app", async () => {
    expect((await bank.get('/notifications?isRead=false&limit=9')).body).toEqual({
      totalFilteredRecords: 0,
      pageItems: [],
    });
  });
});
