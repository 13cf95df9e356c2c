import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const index = fileURLToPath(new URL('./index.ts', import.meta.url));

/** Runs a real process that stops as `close` says, sends it signals, and hands back how it ended. */
async function run(close: string, signals: readonly NodeJS.Signals[], extra = '') {
  const program = `
    import { createLogger, installShutdown } from ${JSON.stringify(index)};
    const logger = createLogger({ service: 'test', level: 'info' });
    const busy = setInterval(() => {}, 1000);
    installShutdown({ logger, timeoutMs: 300, close: ${close} });
    ${extra}
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = once(child, 'exit');
  child.stdout.on('data', (chunk) => (output += chunk));
  await Promise.race([once(child.stdout, 'data'), exited]);
  for (const signal of signals) {
    child.kill(signal);
    await Promise.race([once(child.stdout, 'data'), exited]);
  }
  const [code] = await exited;
  return { code, output };
}

describe('installShutdown', () => {
  it('closes and exits with 0', async () => {
    const { code, output } = await run(`async () => console.log('closed')`, ['SIGTERM']);
    expect(code).toBe(0);
    expect(output.indexOf('closed')).toBeLessThan(output.indexOf('"stopped"'));
  });

  it('exits with 1 when closing fails', async () => {
    expect(await run(`async () => { throw new Error('stuck') }`, ['SIGINT'])).toMatchObject({ code: 1 });
  });

  it('exits with 1 when closing takes too long', async () => {
    const { code, output } = await run('() => new Promise(() => {})', ['SIGTERM']);
    expect({ code, late: output.includes('did not stop in time') }).toEqual({ code: 1, late: true });
  });

  it('logs an uncaught error safely and exits with 1', async () => {
    const thrown = `Promise.reject(Object.assign(new Error('row lost'), { detail: 'a@b.c' }));`;
    const { code, output } = await run('async () => {}', [], thrown);
    expect({ code, logged: output.includes('row lost'), leaked: output.includes('a@b.c') }).toEqual({
      code: 1,
      logged: true,
      leaked: false,
    });
  });
});
