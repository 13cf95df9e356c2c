/** The inbox as a process of its own: a real SMTP server and SNS endpoint, and a way to read what arrived. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ArrivedMessage {
  readonly kind: 'mail' | 'sms';
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface InboxProcess extends AsyncDisposable {
  readonly smtpUrl: string;
  readonly snsEndpoint: string;
  messages(): Promise<ArrivedMessage[]>;
}

const MAIN = join(import.meta.dirname, '../../../inbox/src/main.ts');

export async function startInboxProcess(): Promise<InboxProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], INBOX_HTTP_PORT: '0', INBOX_SMTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { httpPort, smtpPort } = await portsOf(child);
  const http = `http://127.0.0.1:${httpPort}`;
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    snsEndpoint: http,
    async messages() {
      const response = await fetch(`${http}/api/messages?limit=1000`);
      return ((await response.json()) as { messages: ArrivedMessage[] }).messages;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function portsOf(child: ChildProcess): Promise<{ httpPort: number; smtpPort: number }> {
  for await (const line of createInterface(child.stdout!)) {
    const entry = JSON.parse(line) as { msg: string; httpPort: number; smtpPort: number };
    if (entry.msg === 'ready') {
      child.stdout!.resume();
      return entry;
    }
  }
  throw new Error('the inbox ended before it was ready');
}
