import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  parseSealed,
  readCertificates,
  readRecoveryKeys,
  scopes,
  seal,
  unseal,
} from '@fineract-gitops/platform/secrets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeControllerKey } from '../../platform/secrets/testing/controller-key.ts';
import { installGoTool } from './setup/go-tools.ts';

const run = promisify(execFile);
const key = makeControllerKey(4096);
const [certificate] = readCertificates(key.certificate, 'certificate', new Date());
const value = Buffer.from([0, 255, 10, 13, ...Buffer.from('Größe: 100 €')]);
let folder: string;
let kubeseal: string;

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
};

beforeAll(async () => {
  kubeseal = await installGoTool('kubeseal');
  folder = await mkdtemp(join(tmpdir(), 'kubeseal-'));
}, 900_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const toolInput = (name: string, args: string[], input: string) => {
  const child = run(kubeseal, args, { env: { PATH: process.env['PATH'] ?? '', HOME: folder } });
  child.child.stdin?.end(input);
  return child.then(
    ({ stdout }) => stdout,
    (cause) => Promise.reject(new Error(`${name} failed`, { cause })),
  );
};

test.each(scopes)('kubeseal opens what we seal (%s)', async (scope) => {
  const sealed = seal(certificate, { name: 'db', namespace: 'bank', data: { password: value } }, scope);
  const recoveryKey = await file('tls.key', key.privateKey);
  const args = ['--recovery-unseal', '--recovery-private-key', recoveryKey];
  const opened = JSON.parse(await toolInput('kubeseal', args, JSON.stringify(sealed)));
  expect(opened).toMatchObject({ kind: 'Secret', metadata: { name: 'db', namespace: 'bank' } });
  expect(opened.data).toEqual({ password: value.toString('base64') });
});

test.each(scopes)('we open what kubeseal seals (%s)', async (scope) => {
  const cert = await file('tls.crt', key.certificate);
  const data = { password: value.toString('base64') };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'bank' }, data };
  const args = ['--cert', cert, '--scope', scope, '--format', 'yaml'];
  const sealed = parseSealed(await toolInput('kubeseal', args, JSON.stringify(secret)), 'kubeseal');
  expect(unseal(readRecoveryKeys(key.privateKey, 'key'), sealed).data).toEqual(data);
});

test('kubeseal refuses a sealed secret of ours that was renamed', async () => {
  const sealed = seal(certificate, { name: 'db', namespace: 'bank', data: { password: value } });
  const renamed = { ...sealed, metadata: { ...sealed.metadata, name: 'other' } };
  const args = ['--recovery-unseal', '--recovery-private-key', await file('tls.key', key.privateKey)];
  await expect(toolInput('kubeseal', args, JSON.stringify(renamed))).rejects.toThrow('kubeseal failed');
});
