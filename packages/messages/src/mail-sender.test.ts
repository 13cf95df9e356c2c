import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailSender, type Mail, type MailSender, MessageError } from './index.ts';

const mail: Mail = {
  messageId: 'notification-7@fineract',
  to: 'jane@example.org',
  subject: 'Zinsen für März',
  text: '12,50 €',
};
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Received = { source: string; recipients: string[]; secure: boolean; user: string | undefined };

/** A real SMTP server on loopback and a sender for it. */
async function start(options: SMTPServerOptions = {}, url = 'smtp://127.0.0.1:PORT') {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, done) {
      const source = await text(stream);
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      received.push({ source, recipients, secure: session.secure, user: session.user });
      done();
    },
    ...options,
  });
  server.on('error', () => {});
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return { received, port, cut, sender: await open(url.replace('PORT', String(port))) };
}

async function open(url: string): Promise<MailSender> {
  const sender = await createMailSender(url, 'The Bank <bank@example.org>');
  closers.push(() => sender.close());
  return sender;
}

async function failureOf(work: Promise<void>): Promise<MessageError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MessageError);
  const failure = error as MessageError;
  expect(JSON.stringify([failure.message, failure.stack, failure.cause])).not.toMatch(/jane|12,50/);
  return failure;
}

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

describe('mail sender', () => {
  it('sends the message under the caller’s id, to one recipient, with attachments', async () => {
    const { sender, received } = await start();
    const content = new TextEncoder().encode('%PDF');
    await sender.send({
      ...mail,
      attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', content }],
    });
    expect(received[0]?.recipients).toEqual(['jane@example.org']);
    expect(received[0]?.source).toContain('Message-ID: <notification-7@fineract>');
    expect(received[0]?.source).toContain('From: The Bank <bank@example.org>');
    expect(received[0]?.source).toContain(Buffer.from(content).toString('base64'));
  });

  it('logs in with the URL’s user and password', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (auth, _session, done) =>
      auth.password === 'p@ss' ? done(null, { user: auth.username }) : done(new Error('no'));
    const options = { onAuth, authOptional: false, allowInsecureAuth: true };
    const { sender, received, port } = await start(options, 'smtp://bank:p%40ss@127.0.0.1:PORT');
    await sender.send(mail);
    expect(received[0]?.user).toBe('bank');
    const wrong = await failureOf((await open(`smtp://bank:other@127.0.0.1:${port}`)).send(mail));
    expect(wrong).toMatchObject({
      kind: 'temporary',
      uncertain: false,
      message: expect.stringContaining('password'),
    });
  });

  it('sends many messages over few connections', async () => {
    let connections = 0;
    const onConnect: SMTPServerOptions['onConnect'] = (_session, done) => {
      connections += 1;
      done();
    };
    const { sender, received } = await start({ onConnect });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => sender.send({ ...mail, messageId: `n${index}@fineract` })),
    );
    expect(received).toHaveLength(20);
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('mail failures', () => {
  it.each([
    [
      'a refused recipient',
      550,
      '5.1.1 <jane@example.org> unknown',
      { kind: 'permanent', code: '550 5.1.1' },
    ],
    ['a full mailbox', 452, '4.2.2 jane is over quota', { kind: 'temporary', code: '452 4.2.2' }],
    ['a greylisted recipient', 451, 'jane, try later', { kind: 'temporary', code: '451' }],
  ])('%s', async (_case, code, reply, expected) => {
    const { sender } = await start({ onRcptTo: (_address, _session, done) => done(answer(code, reply)) });
    expect(await failureOf(sender.send(mail))).toMatchObject({ ...expected, uncertain: false });
  });

  it('of content refused after DATA is permanent and certain, and the sender goes on', async () => {
    let refuse = true;
    const { sender } = await start({
      async onData(stream, _session, done) {
        await text(stream);
        done(refuse ? answer(554, '5.7.1 spam from jane') : null);
      },
    });
    expect(await failureOf(sender.send(mail))).toMatchObject({
      kind: 'permanent',
      uncertain: false,
      code: '554 5.7.1',
    });
    refuse = false;
    await sender.send(mail);
  });

  it('of a server that is away is temporary, and over when it is back', async () => {
    const { sender, port } = await start();
    await closers.pop()?.();
    await closers.pop()?.();
    const away = await open(`smtp://127.0.0.1:${port}`);
    expect(await failureOf(away.send(mail))).toMatchObject({
      kind: 'temporary',
      uncertain: false,
      code: 'ECONNREFUSED',
    });
    sender.close();
  });

  it('of a connection that breaks before the message was sent is certain', async () => {
    const { sender, cut } = await start({ onMailFrom: () => cut() });
    expect(await failureOf(sender.send(mail))).toMatchObject({ kind: 'temporary', uncertain: false });
  });

  it('of a connection that breaks after the whole message was sent is uncertain, and it is sent only once', async () => {
    let deliveries = 0;
    const { sender, cut } = await start({
      async onData(stream) {
        await text(stream);
        deliveries += 1;
        cut();
      },
    });
    expect(await failureOf(sender.send(mail))).toMatchObject({ kind: 'temporary', uncertain: true });
    expect(deliveries).toBe(1);
  });

  it('of a recipient that is no single address is permanent', async () => {
    const { sender, received } = await start();
    for (const to of [
      'jane',
      'jane@example.org, joe@example.org',
      'jane@example.org\r\nBcc: joe@example.org',
    ]) {
      expect(await failureOf(sender.send({ ...mail, to }))).toMatchObject({ kind: 'permanent' });
    }
    expect(received).toEqual([]);
  });
});

describe('mail over TLS', () => {
  it.each(['smtp', 'smtps'])('%s:// is encrypted, with a verified certificate', async (protocol) => {
    const { key, cert } = await certificate();
    const tls = protocol === 'smtps' ? { secure: true } : { disabledCommands: [] };
    const { sender, received } = await start({ ...tls, key, cert }, `${protocol}://localhost:PORT`);
    const untrusted = await failureOf(sender.send(mail));
    expect(untrusted).toMatchObject({
      kind: 'temporary',
      uncertain: false,
      message: expect.stringContaining('certificate'),
    });
    const trusted = getCACertificates();
    setDefaultCACertificates([...trusted, cert]);
    closers.push(() => setDefaultCACertificates(trusted));
    await sender.send(mail);
    expect(received).toMatchObject([{ secure: true }]);
  });

  it('refuses to send in the clear with requireTLS', async () => {
    const { sender, received } = await start({}, 'smtp://127.0.0.1:PORT?requireTLS=true');
    expect(await failureOf(sender.send(mail))).toMatchObject({ kind: 'temporary', uncertain: false });
    expect(received).toEqual([]);
  });
});

describe('mail URL', () => {
  it.each(['http://me:hunter2@host', 'hunter2', 'smtp://', 'smtp://me:hunter2@host?tls=none'])(
    '%s is refused without being repeated',
    async (url) => {
      await expect(createMailSender(url, 'bank@example.org')).rejects.toThrow(/mail URL/);
      await expect(createMailSender(url, 'bank@example.org')).rejects.not.toThrow('hunter2');
    },
  );
});

/** A fresh certificate for `localhost`; needs the `openssl` command. */
async function certificate(): Promise<{ key: string; cert: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'certificate-'));
  try {
    const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    await promisify(execFile)('openssl', [...request, ...names, '-keyout', keyFile, '-out', certFile]);
    return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
