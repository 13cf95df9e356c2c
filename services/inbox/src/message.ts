import { randomBytes } from 'node:crypto';

export type MessageKind = 'mail' | 'sms';

export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** A mail or a text message as it arrived. For SMS `subject` is empty and `from` the sender id, if one was given. */
export interface Message {
  /** Sorts by arrival. */
  id: string;
  kind: MessageKind;
  /** ISO 8601, UTC. */
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html?: string;
  attachments: Attachment[];
}

let counter = 0;

/** Fills in what every arriving message gets: its id and time. */
export function newMessage(content: Omit<Message, 'id' | 'receivedAt'>): Message {
  const now = new Date();
  counter = (counter + 1) % 0x10000;
  const id = now.getTime().toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');
  return { id: `${id}-${randomBytes(4).toString('hex')}`, receivedAt: now.toISOString(), ...content };
}

/** Roughly what a message takes in memory, in bytes. */
export function sizeOf(message: Message): number {
  const attachments = message.attachments.reduce((sum, { content }) => sum + content.length, 0);
  return attachments + 2 * (message.text.length + (message.html?.length ?? 0)) + 500;
}
