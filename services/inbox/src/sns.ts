import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { newMessage } from './message.ts';
import { escapeMarkup } from './page/html.ts';
import type { MessageStore } from './store.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
/** SNS splits longer texts into parts up to this total, in characters. */
const maxSmsLength = 1600;

/**
 * The part of Amazon SNS that sends text messages: `Publish` to a phone number, in the Query protocol that the AWS SDKs
 * speak. Set the SDK's endpoint to this server (or to its `/sns`); any credentials will do.
 */
export function registerSns(server: FastifyInstance, store: MessageStore): void {
  for (const path of ['/', '/sns', '/sns/']) {
    server.post<{ Body: Record<string, string> | null }>(path, async (request, reply) => {
      const requestId = randomUUID();
      reply.header('x-amzn-requestid', requestId);
      const parameters = request.body ?? {};
      const problem = check(parameters);
      if (problem) return sendXml(reply.code(400), errorXml(problem, requestId));
      const message = newMessage({
        kind: 'sms',
        from: attribute(parameters, 'AWS.SNS.SMS.SenderID') ?? '',
        to: [parameters['PhoneNumber']!],
        subject: '',
        text: parameters['Message']!,
        attachments: [],
      });
      await store.add(message);
      request.log.info({ messageId: message.id }, 'text message received');
      return sendXml(reply, publishedXml(requestId));
    });
  }
}

interface Problem {
  code: string;
  text: string;
}

/** What SNS refuses, in its words. */
function check(parameters: Record<string, string>): Problem | undefined {
  const { Action, PhoneNumber, Message } = parameters;
  if (Action !== 'Publish') {
    return {
      code: 'InvalidAction',
      text: `The action ${Action ?? '(none)'} is not valid for this endpoint; it knows Publish.`,
    };
  }
  const refuse = (text: string) => ({ code: 'InvalidParameter', text: `Invalid parameter: ${text}` });
  if (!PhoneNumber) return refuse('PhoneNumber is required, topics are not kept here');
  if (!/^\+[1-9]\d{3,14}$/.test(PhoneNumber)) {
    return refuse(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`);
  }
  if (!Message) return refuse('Empty message');
  if (Message.length > maxSmsLength) return refuse('Message too long');
  return undefined;
}

/** Attributes come flattened: `MessageAttributes.entry.1.Name`, `MessageAttributes.entry.1.Value.StringValue`. */
function attribute(parameters: Record<string, string>, wanted: string): string | undefined {
  const name = Object.keys(parameters).find((key) => key.endsWith('.Name') && parameters[key] === wanted);
  return name && parameters[name.replace(/\.Name$/, '.Value.StringValue')];
}

function publishedXml(requestId: string): string {
  const result = `<PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return `<PublishResponse xmlns="${namespace}">${result}${metadata}</PublishResponse>`;
}

function errorXml({ code, text }: Problem, requestId: string): string {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeMarkup(text)}</Message></Error>`;
  return `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function sendXml(reply: FastifyReply, xml: string): FastifyReply {
  return reply.type('text/xml').send(xml);
}
