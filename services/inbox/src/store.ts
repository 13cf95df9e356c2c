import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Message, type MessageKind, sizeOf } from './message.ts';

export interface MessageFilter {
  /** A whole recipient: mail address (any case) or phone number. */
  to?: string | undefined;
  kind?: MessageKind | undefined;
  /** Words anywhere in sender, recipients, subject or text; all must occur. */
  search?: string | undefined;
}

export interface MessageStoreOptions {
  /** Keeps messages over a restart; without it they live in memory only. */
  directory?: string | undefined;
  maxMessages?: number;
  maxBytes?: number;
}

/** The last messages, newest first; the oldest go when there are too many or they take too much memory. */
export class MessageStore {
  readonly #directory: string | undefined;
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  #messages: Message[] = [];
  #bytes = 0;

  private constructor(options: MessageStoreOptions) {
    this.#directory = options.directory;
    this.#maxMessages = options.maxMessages ?? 10_000;
    this.#maxBytes = options.maxBytes ?? 128 * 1024 * 1024;
  }

  /** Opens the store with what its directory holds. */
  static async open(options: MessageStoreOptions = {}): Promise<MessageStore> {
    const store = new MessageStore(options);
    if (options.directory) {
      await mkdir(options.directory, { recursive: true, mode: 0o700 });
      for (const message of await readMessages(options.directory)) store.#remember(message);
      await store.#dropOldest();
    }
    return store;
  }

  get count(): number {
    return this.#messages.length;
  }

  /** Keeps a message; when this returns it is on disk, so the sender may be told that it was delivered. */
  async add(message: Message): Promise<void> {
    if (this.#directory) await writeMessage(this.#directory, message);
    this.#remember(message);
    await this.#dropOldest();
  }

  list(filter: MessageFilter, limit: number, offset: number): { total: number; messages: Message[] } {
    const found = this.#messages.filter((message) => matches(message, filter)).reverse();
    return { total: found.length, messages: found.slice(offset, offset + limit) };
  }

  get(id: string): Message | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /** Deletes all messages and says how many there were. */
  async clear(): Promise<number> {
    const gone = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    await Promise.all(gone.map((message) => this.#removeFile(message)));
    return gone.length;
  }

  #remember(message: Message): void {
    this.#messages.push(message);
    this.#bytes += sizeOf(message);
  }

  async #dropOldest(): Promise<void> {
    const gone: Message[] = [];
    while (this.#messages.length > this.#maxMessages || (this.#bytes > this.#maxBytes && this.count > 1)) {
      const oldest = this.#messages.shift()!;
      this.#bytes -= sizeOf(oldest);
      gone.push(oldest);
    }
    await Promise.all(gone.map((message) => this.#removeFile(message)));
  }

  async #removeFile(message: Message): Promise<void> {
    if (this.#directory) await rm(fileOf(this.#directory, message.id), { force: true });
  }
}

function matches(message: Message, { to, kind, search }: MessageFilter): boolean {
  if (kind && message.kind !== kind) return false;
  if (to && !message.to.some((recipient) => recipient.toLowerCase() === to.toLowerCase())) return false;
  if (!search) return true;
  const haystack = [message.from, ...message.to, message.subject, message.text].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

function fileOf(directory: string, id: string): string {
  return join(directory, `${id}.json`);
}

async function writeMessage(directory: string, message: Message): Promise<void> {
  const attachments = message.attachments.map((one) => ({ ...one, content: one.content.toString('base64') }));
  const path = fileOf(directory, message.id);
  await writeFile(`${path}.new`, JSON.stringify({ ...message, attachments }), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

type StoredMessage = Omit<Message, 'attachments'> & {
  attachments: (Omit<Message['attachments'][0], 'content'> & { content: string })[];
};

async function readMessages(directory: string): Promise<Message[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const messages: Message[] = [];
  for (const name of names) {
    const stored = JSON.parse(await readFile(join(directory, name), 'utf8')) as StoredMessage;
    const attachments = stored.attachments.map((one) => ({
      ...one,
      content: Buffer.from(one.content, 'base64'),
    }));
    messages.push({ ...stored, attachments });
  }
  return messages;
}
