import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from './commands/index.ts';
import { ExitCode } from './exit-codes.ts';
import { runProgram } from './program.ts';

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

describe('the command line', () => {
  it('answers --help for every command, with --json among its options', async () => {
    for (const { path, summary } of commands) {
      out = '';
      expect(await runProgram([...path.split(' '), '--help'])).toBe(ExitCode.ok);
      expect(out).toContain(`Usage: fineract-gitops ${path}`);
      expect(out).toContain(summary);
      expect(out).toContain('--json');
    }
  });

  it('refuses what it does not know with the usage code', async () => {
    expect(await runProgram(['nonsense'])).toBe(ExitCode.usage);
    expect(talk).toContain("unknown command 'nonsense'");
    expect(await runProgram(['start', '--profil', 'x'])).toBe(ExitCode.usage);
    expect(await runProgram(['start', '--profile', 'x'])).toBe(ExitCode.usage);
    expect(talk).toContain('Allowed choices are local, minimal, standard, full.');
    expect(await runProgram(['start', '--port', '99999'])).toBe(ExitCode.usage);
    expect(talk).toContain('A port is a whole number from 0');
    expect(out).toBe('');
  });

  it('prints JSON on standard output and nothing else there', async () => {
    expect(await runProgram(['status', '--data', '/nonexistent', '--json'])).toBe(ExitCode.missing);
    expect(JSON.parse(out)).toEqual({ running: false, ready: false, services: [] });
    expect(talk).toBe('');
  });

  it('ends an expected failure with one sentence and its code', async () => {
    vi.stubEnv('DATABASE_URL', '');
    expect(await runProgram(['start', '--profile', 'minimal'])).toBe(ExitCode.missing);
    expect(talk).toMatch(/^The minimal profile needs PostgreSQL \(set DATABASE_URL, .*\)\.\n$/);
    vi.unstubAllEnvs();
  });
});
