import type { Logger } from '@fineract-gitops/telemetry';
import type { AddressObject, ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { type Message, newMessage } from './message.ts';
import type { MessageStore } from './store.ts';

const maxMailBytes = 25 * 1024 * 1024;

/** An SMTP server that takes every mail and sends none on. Any user and password will do. */
export function createSmtpServer(store: MessageStore, logger: Logger): SMTPServer {
  const server = new SMTPServer({
    banner: 'fineract-gitops inbox',
    size: maxMailBytes,
    // No certificate would be trusted on one machine, and a client that sees STARTTLS would insist on one.
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 5_000,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? 'anyone' }),
    onData: (stream, session, done) => {
      receive(store, stream, session).then(
        (message) => {
          logger.info({ messageId: message.id, attachments: message.attachments.length }, 'mail received');
          done(null, `kept as ${message.id}`);
        },
        (error: Error) => {
          logger.error({ err: error }, 'mail refused');
          stream.resume();
          done(error);
        },
      );
    },
  });
  // A client that breaks off is its own affair; without a listener it would end the process.
  server.on('error', (error) => logger.debug({ err: error }, 'smtp connection'));
  return server;
}

async function receive(
  store: MessageStore,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Message> {
  // Loaded with the first mail: the parser's character tables take a fifth of an idle inbox's memory.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(stream);
  if (stream.sizeExceeded) throw withCode(new Error(`A mail may have ${maxMailBytes} bytes at most`), 552);
  const message = toMessage(mail, session);
  try {
    await store.add(message);
  } catch (cause) {
    throw withCode(new Error('The message could not be stored, try again later', { cause }), 452);
  }
  return message;
}

/** The envelope decides who gets a mail, so blind copies show here as well. */
function toMessage(mail: ParsedMail, { envelope }: SMTPServerSession): Message {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
  return newMessage({
    kind: 'mail',
    from: addresses(mail.from)[0] ?? sender,
    to: envelope.rcptTo.map(({ address }) => address),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    ...(mail.html ? { html: mail.html } : {}),
    attachments: mail.attachments.map(({ filename, contentType, content }, index) => ({
      filename: filename ?? `attachment-${index + 1}`,
      contentType,
      content,
    })),
  });
}

function addresses(field: AddressObject | undefined): string[] {
  return (field?.value ?? []).map(({ name, address }) => (name ? `${name} <${address}>` : (address ?? '')));
}

/** smtp-server answers with the code that the error carries. */
function withCode(error: Error, responseCode: number): Error {
  return Object.assign(error, { responseCode });
}
