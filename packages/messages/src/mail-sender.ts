import type { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { classifyMailFailure } from './mail-failure.ts';
import { MessageError } from './message-error.ts';
import { readSmtpUrl } from './smtp-url.ts';

export type Mail = {
  /**
   * `left@right`, the same whenever the same message is sent: mail servers and readers show a repeated id once, and a
   * reply can be matched to its cause.
   */
  messageId: string;
  /** One address; a message to several people is several messages, each with its own status. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  attachments?: readonly { filename: string; contentType: string; content: Uint8Array }[];
};

export type MailSender = {
  /** Hands one message to the mail server, once. @throws MessageError */
  send(mail: Mail): Promise<void>;
  /** Lets go of idle connections; what is being sent goes on. */
  close(): void;
};

/** The library's message with ours beside it, which its plugins are handed too. */
type Tagged = SendMailOptions & { mail: Mail };

const timeouts = { connectionTimeout: 5000, greetingTimeout: 5000, dnsTimeout: 5000, socketTimeout: 20_000 };

/**
 * A sender over SMTP with a small pool of connections, made when the first message goes out. `smtp://` uses TLS when the
 * server offers it, `smtps://` always; certificates are always verified.
 *
 * @param from the sender's address, `bank@example.org` or `Bank <bank@example.org>`
 * @throws Error when the URL is not valid; the message does not repeat it
 */
export async function createMailSender(url: string, from: string): Promise<MailSender> {
  const address = readSmtpUrl(url);
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...address,
    ...timeouts,
    pool: true,
    maxConnections: 2,
    idleTimeout: 30_000,
    // The library would send again by itself when a connection breaks; only the caller knows whether it may.
    maxRequeues: 0,
    // Templates can name a file or an address; a bank's mail server must not fetch either.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // What the connection reads of a message, to tell whether a broken one had sent all of it.
  const readers = new WeakMap<Mail, Readable>();
  transport.use('stream', ({ data, message }, done) => {
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const reader = createReadStream(options);
      readers.set((data as Tagged).mail, reader);
      return reader;
    };
    done();
  });
  return {
    async send(mail) {
      check(mail);
      const message: Tagged = {
        mail,
        from,
        to: { name: '', address: mail.to },
        messageId: `<${mail.messageId}>`,
        subject: mail.subject,
        text: mail.text,
        ...(mail.html === undefined ? {} : { html: mail.html }),
        attachments: (mail.attachments ?? []).map(({ content, ...rest }) => ({
          ...rest,
          content: Buffer.from(content),
        })),
      };
      try {
        await transport.sendMail(message);
      } catch (error) {
        throw classifyMailFailure(error, readers.get(mail)?.readableEnded ?? false);
      }
    },
    close: () => transport.close(),
  };
}

function check({ to, messageId }: Mail): void {
  if (!/^[^\s<>@,;:"()]+@[^\s<>@,;:"()]+$/.test(to)) {
    throw new MessageError('The recipient is not an e-mail address', { kind: 'permanent' });
  }
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(messageId)) {
    throw new TypeError('A message id has the form left@right, without brackets');
  }
}
