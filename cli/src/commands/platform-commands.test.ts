/** The commands about the platform, as a person or a script calls them: output, JSON, sentences, exit codes. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExitCode } from '../exit-codes.ts';
import { runProgram } from '../program.ts';

let [out, talk] = ['', ''];
beforeEach(() => {
  [out, talk] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    talk += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const run = (line: string): Promise<ExitCode> => runProgram(line.split(' '));
const json = <T>(): T => JSON.parse(out) as T;

describe('refusals are one sentence with a code', () => {
  test.each([
    ['cost', ExitCode.usage, 'Say which: an environment, --profile <name>, or --all.'],
    ['cost dev --all', ExitCode.usage, 'Say which: an environment, --profile <name>, or --all.'],
    ['cost moon', ExitCode.failed, 'Unknown environment "moon"; choose one of dev, dev-aws'],
    ['cost uat --k3s', ExitCode.usage, '--k3s is about AWS; uat is on self-hosted.'],
    ['topology moon', ExitCode.failed, 'Unknown environment "moon"'],
    ['topology dev --svg --mermaid', ExitCode.usage, 'Choose --svg or --mermaid.'],
    ['diff dev moon', ExitCode.failed, 'Unknown environment "moon"'],
    ['plan moon', ExitCode.failed, 'Unknown environment "moon"'],
    ['plan dev --live --baseline main', ExitCode.usage, 'Choose --live or --baseline.'],
    ['plan dev --baseline no-such-branch', ExitCode.failed, 'Git knows no revision "no-such-branch"'],
    [
      'plan dev --live --kubectl /nowhere/kubectl',
      ExitCode.failed,
      '/nowhere/kubectl is not there; install kubectl',
    ],
    ['size', ExitCode.usage, 'Say how large the bank is: --clients and --tps.'],
    ['promote production', ExitCode.usage, '"production" is no step of a promotion; use main, or a tag'],
    ['promote main --repository /', ExitCode.missing, '/ is in no Git repository.'],
  ])('%s', async (line, code, sentence) => {
    expect(await run(line)).toBe(code);
    expect(talk).toContain(sentence);
    expect(talk.trimEnd().split('\n')).toHaveLength(1);
    expect(out).toBe('');
  });

  test('a number that is none', async () => {
    expect(await run('size --clients many --tps 1')).toBe(ExitCode.usage);
    expect(talk).toContain('It must be a number above zero.');
  });
});

test('cost: items that add up, and the range that is expected', async () => {
  expect(await run('cost production-aws --json')).toBe(ExitCode.ok);
  const [first] = json<{
    estimates: { totalUsd: number; items: { usd: number }[]; sourceRange: number[] }[];
  }>().estimates;
  expect(first?.items.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(first?.totalUsd ?? 0, 6);
  expect(first?.sourceRange).toEqual([400, 500]);
  out = '';
  expect(await run('cost --all')).toBe(ExitCode.ok);
  expect(out).toContain('production-gcp');
  expect(out).toContain('standard, managed');
});

test('topology: the same graph as text, Mermaid, SVG and JSON', async () => {
  expect(await run('topology uat')).toBe(ExitCode.ok);
  expect(out).toContain('    -> fineract-write:8080  POST, PUT and DELETE requests');
  out = '';
  expect(await run('topology uat --mermaid')).toBe(ExitCode.ok);
  expect(out).toMatch(/^graph TB\n/);
  out = '';
  expect(await run('topology uat --svg')).toBe(ExitCode.ok);
  expect(out).toMatch(/<\/svg>\n$/);
  out = '';
  expect(await run('topology uat --json')).toBe(ExitCode.ok);
  expect(json<{ environment: string }>().environment).toBe('uat');
});

test('diff: a code of its own when something differs', async () => {
  expect(await run('diff dev dev')).toBe(ExitCode.ok);
  out = '';
  expect(await run('diff dev uat --json')).toBe(ExitCode.differences);
  expect(json<{ added: string[] }>().added).toContain('StatefulSet/redis');
});

test('plan: against the tree that is there, nothing changes', async () => {
  expect(await run('plan production --baseline deploy')).toBe(ExitCode.ok);
  expect(out).toContain('0 new, 0 gone, 0 changed');
  expect(out).toContain('somebody syncs it within Tue-Thu 10AM-4PM Etc/UTC.');
});

test('size: a recommendation with its figures', async () => {
  expect(await run('size --clients 20000 --tps 5 --provider gcp --json')).toBe(ExitCode.ok);
  expect(json<object>()).toMatchObject({
    profile: 'standard',
    clients: 20_000,
    databaseGi: expect.any(Number),
  });
});
