import { describe, expect, it } from 'vitest';
import { counter, createLogger, gauge, registry } from './index.ts';

function logOne(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLogger({ service: 'fineract', instance: 'read', level: 'info', destination }));
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

describe('createLogger', () => {
  it('writes one JSON line with service, instance, level and ISO time', () => {
    expect(logOne((logger) => logger.info({ clientId: 7 }, 'done'))).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      service: 'fineract',
      instance: 'read',
      clientId: 7,
      msg: 'done',
    });
  });

  it.each([
    { password: 'hunter2' },
    { headers: { authorization: 'Basic hunter2', cookie: 'hunter2' } },
    { reply: { headers: { 'set-cookie': 'hunter2' } } },
    { answer: { access_token: 'hunter2' } },
  ])('replaces secrets in %j', (fields) => {
    const line = JSON.stringify(logOne((logger) => logger.info(fields)));
    expect(line).toContain('[redacted]');
    expect(line).not.toContain('hunter2');
  });

  it('writes an error given alone, with the errors it gathers', () => {
    const failure = new AggregateError(
      [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
      'all failed',
    );
    expect(logOne((logger) => logger.error(failure))).toMatchObject({
      err: { type: 'AggregateError', errors: [{ message: 'refused', code: 'ECONNREFUSED' }] },
    });
  });
});

describe('metrics', () => {
  it('register once per name', async () => {
    const configuration = { name: 'test_things_total', help: 'Things', labelNames: ['kind'] as const };
    expect(counter(configuration)).toBe(counter(configuration));
    counter(configuration).inc({ kind: 'a' });
    expect(await registry.metrics()).toMatch(/test_things_total\{[^}]*kind="a"[^}]*\} 1/);
  });

  it('refuse a name used for two kinds', () => {
    counter({ name: 'test_kind_total', help: 'Kind' });
    expect(() => gauge({ name: 'test_kind_total', help: 'Kind' })).toThrow('test_kind_total');
  });
});
