import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { createLogger } from '@fineract-gitops/telemetry';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Inbox, startInbox } from './inbox.ts';

let directory: string;
let inbox: Inbox;
let logged: string[];

async function open(): Promise<void> {
  const config = {
    INBOX_HOST: '127.0.0.1',
    INBOX_HTTP_PORT: 0,
    INBOX_SMTP_PORT: 0,
    INBOX_DIR: directory,
    LOG_LEVEL: 'info',
  };
  const destination = { write: (line: string) => void logged.push(line) };
  inbox = await startInbox(config, createLogger({ service: 'inbox', level: 'debug', destination }));
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'inbox-'));
  logged = [];
  await open();
});

afterEach(async () => {
  await inbox.close();
  rmSync(directory, { recursive: true });
});

const get = (path: string) => fetch(`http://127.0.0.1:${inbox.httpPort}${path}`);

interface ListBody {
  total: number;
  messages: {
    id: string;
    to: string[];
    subject: string;
    text: string;
    html?: string;
    attachments: { filename: string; size: number; href: string }[];
  }[];
}
const list = async (query = '') => (await (await get(`/api/messages${query}`)).json()) as ListBody;

function sendMail(mail: object): Promise<unknown> {
  const transport = createTransport({ host: '127.0.0.1', port: inbox.smtpPort });
  return transport.sendMail({
    from: 'Bank <bank@example.org>',
    to: 'Ada@example.org',
    text: 'Hello',
    ...mail,
  });
}

function sns(path = ''): SNSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SNSClient({
    endpoint: `http://127.0.0.1:${inbox.httpPort}${path}`,
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
  });
}

describe('mail', () => {
  it('keeps a mail with text, HTML, blind copies and attachments', async () => {
    const content = Buffer.from([0, 255, 1, 254]);
    await sendMail({
      subject: 'Zinsen für März €',
      bcc: 'audit@example.org',
      html: '<b>Hello</b>',
      attachments: [{ filename: 'Übersicht.pdf', content }],
    });
    const { total, messages } = await list('?kind=mail');
    expect(total).toBe(1);
    expect(messages[0]).toMatchObject({
      from: 'Bank <bank@example.org>',
      to: ['Ada@example.org', 'audit@example.org'],
      subject: 'Zinsen für März €',
      html: expect.stringContaining('<b>Hello</b>'),
      attachments: [{ filename: 'Übersicht.pdf', size: 4 }],
    });
    const download = await get(messages[0]!.attachments[0]!.href);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(content);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('takes any user and password', async () => {
    const transport = createTransport({ url: `smtp://someone:secret@127.0.0.1:${inbox.smtpPort}` });
    await transport.sendMail({ from: 'a@example.org', to: 'b@example.org', text: 'x' });
    expect((await list('?to=B@EXAMPLE.ORG')).total).toBe(1);
  });

  it('refuses a mail that is too large and stays up', async () => {
    await expect(sendMail({ text: 'x'.repeat(26 * 1024 * 1024) })).rejects.toThrow(/552/);
    await sendMail({});
    expect((await list()).total).toBe(1);
  });

  it('says "try again later" when it cannot store', async () => {
    rmSync(directory, { recursive: true });
    await expect(sendMail({})).rejects.toThrow(/452/);
    directory = mkdtempSync(join(tmpdir(), 'inbox-'));
  });
});

describe('text messages', () => {
  it.each(['', '/sns'])('come from the AWS SDK with its endpoint at "%s"', async (path) => {
    const MessageAttributes = { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'BANK' } };
    const answer = await sns(path).send(
      new PublishCommand({ PhoneNumber: '+420601123456', Message: 'Úrok <5 & 6> €', MessageAttributes }),
    );
    expect(answer.MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await list('?to=%2B420601123456')).messages).toMatchObject([
      { kind: 'sms', from: 'BANK', text: 'Úrok <5 & 6> €' },
    ]);
  });

  it.each([
    [{ PhoneNumber: '0601<1>', Message: 'x' }, 'InvalidParameter', /0601<1> is not valid/],
    [{ PhoneNumber: '+420601123456', Message: '' }, 'InvalidParameter', /Empty message/],
    [{ PhoneNumber: '+420601123456', Message: 'x'.repeat(1601) }, 'InvalidParameter', /too long/],
    [{ TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message: 'x' }, 'InvalidParameter', /PhoneNumber is required/],
  ])('refuses what SNS refuses (%#)', async (input, name, message) => {
    const refused = await sns()
      .send(new PublishCommand(input))
      .catch((error: Error) => error);
    expect(refused).toMatchObject({ message: expect.stringMatching(message) });
    expect((refused as Error).name).toContain(name);
    expect((await list()).total).toBe(0);
  });
});

describe('API', () => {
  it('filters, pages newest first, and deletes', async () => {
    for (const subject of ['one', 'two', 'three']) await sendMail({ subject });
    const page = await list('?limit=2&offset=1');
    expect(page.total).toBe(3);
    expect(page.messages.map(({ subject }) => subject)).toEqual(['two', 'one']);
    expect((await list('?q=THREE+hello')).messages.map(({ subject }) => subject)).toEqual(['three']);
    expect((await get('/api/messages?limit=0')).status).toBe(400);
    expect((await get('/api/messages/none')).status).toBe(404);
    const deleted = await fetch(`http://127.0.0.1:${inbox.httpPort}/api/messages`, { method: 'DELETE' });
    expect(await deleted.json()).toEqual({ deleted: 3 });
    expect((await list()).total).toBe(0);
  });

  it('keeps messages over a restart', async () => {
    await sendMail({ subject: 'kept', attachments: [{ filename: 'a.txt', content: 'abc' }] });
    await inbox.close();
    await open();
    const { messages } = await list();
    expect(messages).toMatchObject([{ subject: 'kept', attachments: [{ filename: 'a.txt', size: 3 }] }]);
    expect(await (await get(messages[0]!.attachments[0]!.href)).text()).toBe('abc');
  });

  it('is healthy, counts its messages and logs no personal data', async () => {
    await sendMail({ subject: 'Secret subject' });
    expect((await get('/healthz/ready')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toMatch(/inbox_messages\{[^}]*\} 1/);
    expect(logged.join()).toContain('mail received');
    expect(logged.join()).not.toMatch(/example\.org|Secret subject/);
  });
});

describe('page', () => {
  it('shows an empty state, then messages, and escapes what strangers wrote', async () => {
    expect(await (await get('/')).text()).toContain('No messages yet');
    await sendMail({ subject: '<script>alert(1)</script>' });
    const page = await get('/');
    const text = await page.text();
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(await (await get('/?q=nothing')).text()).toContain('No message matches');
  });

  it('shows HTML in a frame without scripts or outside requests', async () => {
    await sendMail({ html: '<script>alert(1)</script><p>Hi</p>' });
    const { id } = (await list()).messages[0]!;
    expect(await (await get(`/messages/${id}`)).text()).toContain(
      `<iframe sandbox src="/messages/${id}/html"`,
    );
    const frame = await get(`/messages/${id}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox$/);
    expect((await get('/messages/none')).status).toBe(404);
  });

  it("lets no other site's form empty it", async () => {
    await sendMail({});
    const empty = (site: string) =>
      fetch(`http://127.0.0.1:${inbox.httpPort}/messages/delete`, {
        method: 'POST',
        body: new URLSearchParams(),
        headers: { 'sec-fetch-site': site },
        redirect: 'manual',
      });
    expect((await empty('cross-site')).status).toBe(403);
    expect((await list()).total).toBe(1);
    expect((await empty('same-origin')).status).toBe(303);
    expect((await list()).total).toBe(0);
  });
});
