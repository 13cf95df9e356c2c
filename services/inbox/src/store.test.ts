import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newMessage } from './message.ts';
import { MessageStore } from './store.ts';

function message(subject: string, size = 0) {
  const attachments = [{ filename: 'a', contentType: 'text/plain', content: Buffer.alloc(size) }];
  return newMessage({ kind: 'mail', from: '', to: ['a@example.org'], subject, text: '', attachments });
}

it('forgets the oldest beyond the limits, on disk as well', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'inbox-store-'));
  const store = await MessageStore.open({ directory, maxMessages: 3, maxBytes: 10_000 });
  for (const subject of ['a', 'b', 'c', 'd']) await store.add(message(subject));
  const subjects = () => store.list({}, 10, 0).messages.map((one) => one.subject);
  expect(subjects()).toEqual(['d', 'c', 'b']);
  await store.add(message('large', 9_000));
  expect(subjects()).toEqual(['large', 'd']);
  expect(readdirSync(directory)).toHaveLength(2);
  const smaller = await MessageStore.open({ directory, maxMessages: 1 });
  expect(smaller.count).toBe(1);
  expect(readdirSync(directory)).toHaveLength(1);
  rmSync(directory, { recursive: true });
});
