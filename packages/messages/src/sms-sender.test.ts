import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmsSender, MessageError, type SmsSender } from './index.ts';

const sms = { to: '+254700000001', text: 'Interest credited: $12.50' };
let server: Server;
let sender: SmsSender;
afterEach(() => {
  sender.close();
  server.closeAllConnections();
  server.close();
});

/** An HTTP server that answers as SNS does, and a sender for it. */
async function start(answer: (response: ServerResponse) => void) {
  const requests: URLSearchParams[] = [];
  server = createServer(async (request, response) => {
    requests.push(new URLSearchParams(await text(request)));
    answer(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  sender = createSmsSender({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    senderId: 'BANK',
  });
  return requests;
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
const published = (response: ServerResponse) =>
  response
    .setHeader('content-type', 'text/xml')
    .end(
      `<PublishResponse xmlns="${namespace}"><PublishResult><MessageId>id-1</MessageId></PublishResult></PublishResponse>`,
    );
const refused = (status: number, code: string) => (response: ServerResponse) =>
  response
    .writeHead(status, { 'content-type': 'text/xml' })
    .end(
      `<ErrorResponse xmlns="${namespace}"><Error><Code>${code}</Code><Message>${sms.to}</Message></Error></ErrorResponse>`,
    );

async function failure(): Promise<MessageError> {
  const error = await sender.send(sms).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MessageError);
  expect(String((error as Error).stack)).not.toContain(sms.to);
  return error as MessageError;
}

describe('SMS sender', () => {
  it('publishes to the number, with the sender’s name', async () => {
    const requests = await start(published);
    expect(await sender.send(sms)).toBe('id-1');
    expect(Object.fromEntries(requests[0] ?? [])).toMatchObject({
      Action: 'Publish',
      PhoneNumber: sms.to,
      Message: sms.text,
      'MessageAttributes.entry.2.Name': 'AWS.SNS.SMS.SenderID',
      'MessageAttributes.entry.2.Value.StringValue': 'BANK',
    });
  });

  it.each([
    [400, 'InvalidParameter', { kind: 'permanent', uncertain: false }],
    [400, 'Throttling', { kind: 'temporary', uncertain: false }],
    [403, 'AuthorizationError', { kind: 'temporary', uncertain: false }],
    [500, 'InternalFailure', { kind: 'temporary', uncertain: true }],
  ])('takes %i %s for what it is, and asks once', async (status, code, expected) => {
    const requests = await start(refused(status, code));
    expect(await failure()).toMatchObject({ ...expected, code: expect.stringContaining(code) });
    expect(requests).toHaveLength(1);
  });

  it('says that it is uncertain when the answer is lost', async () => {
    const requests = await start((response) => response.destroy());
    expect(await failure()).toMatchObject({ kind: 'temporary', uncertain: true });
    expect(requests).toHaveLength(1);
  });

  it('says that it is certain when nobody listens', async () => {
    await start(published);
    server.close();
    expect(await failure()).toMatchObject({ kind: 'temporary', uncertain: false, code: 'ECONNREFUSED' });
  });

  it('refuses what is not a phone number without asking', async () => {
    const requests = await start(published);
    await expect(sender.send({ ...sms, to: '0700 1' })).rejects.toMatchObject({ kind: 'permanent' });
    expect(requests).toEqual([]);
  });
});
