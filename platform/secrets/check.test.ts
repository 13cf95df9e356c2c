import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createModel, readInputs, renderTree } from '../index.ts';
import { checkSealed } from './check.ts';
import { plainSecretsInRepository } from './disk.ts';
import { readCertificates } from './keys.ts';
import { secretNeeds } from './needs.ts';
import { plainSecretsIn } from './plain.ts';
import { seal } from './sealed-secret.ts';
import { makeControllerKey } from './testing/controller-key.ts';

const now = new Date();
const certificates = readCertificates(makeControllerKey().certificate, 'here', now);
const need = {
  namespace: 'fineract-dev',
  name: 'db-credentials',
  keys: ['password', 'username'],
  readers: ['Job fineract-dev/fineract-migration'],
  why: '',
};
const sealedFile = (keys: readonly string[], name = 'db-credentials', certificate = certificates[0]) => ({
  path: `deploy/secrets/dev/${name}.yaml`,
  sealed: seal(certificate, {
    name,
    namespace: 'fineract-dev',
    data: Object.fromEntries(keys.map((key) => [key, Buffer.from('x')])),
  }),
});

describe('what is sealed against what is read', () => {
  test('a fresh clone hears what is missing and the command that seals it', () => {
    expect(checkSealed('dev', [need], [], [])).toEqual([
      {
        sentence:
          'dev: fineract-dev/db-credentials is not sealed; Job fineract-dev/fineract-migration reads it.',
        command: expect.stringMatching(
          /seal dev db-credentials --generate password --value username=fineract$/,
        ),
      },
    ]);
  });

  test('a key that lacks is named', () => {
    const [problem] = checkSealed('dev', [need], [sealedFile(['username'])], certificates);
    expect(problem?.sentence).toContain('lacks password');
    expect(problem?.command).toMatch(/db-credentials --generate password$/);
  });

  test('all sealed is in order', () =>
    expect(checkSealed('dev', [need], [sealedFile(['username', 'password'])], certificates)).toEqual([]));

  test('what nothing reads should go', () => {
    const files = [sealedFile(['username', 'password']), sealedFile(['a'], 'old')];
    expect(checkSealed('dev', [need], files, certificates)[0]?.sentence).toContain(
      'nothing reads fineract-dev/old',
    );
  });

  test('a file sealed for another cluster is noticed, a renewed certificate is not', () => {
    const [other] = readCertificates(makeControllerKey().certificate, 'other', now);
    const files = [sealedFile(['username', 'password'], 'db-credentials', other)];
    const [problem] = checkSealed('dev', [need], files, certificates);
    expect(problem?.sentence).toContain('sealed for a certificate that this environment does not publish');
    expect(checkSealed('dev', [need], files, [...certificates, other])).toEqual([]);
  });
});

test('every environment needs what its objects read, under names and keys that the model lists', () => {
  const model = createModel();
  const tree = renderTree(model, readInputs('deploy'));
  for (const environment of model.environments) {
    const needs = secretNeeds(model, tree, environment);
    expect(needs.map(({ name }) => name)).toContain('db-credentials');
    for (const { name, keys } of needs) {
      expect(keys, name).not.toEqual([]);
      expect(model.secrets[name]?.keys ?? [], `${environment.name}: ${name}`).toEqual(
        expect.arrayContaining([...keys]),
      );
    }
  }
});

test('the repository holds no plain secret', () =>
  expect(plainSecretsInRepository(join(import.meta.dirname, '../..'))).toEqual([]));

describe('plain secrets', () => {
  const aws = ['AKIA', 'ABCDEFGHIJKLMNOP'].join('');
  const begin = ['-----BEGIN', 'RSA PRIVATE KEY-----'].join(' ');
  const kind = ['kind', 'Secret'].join(': ');
  test.each([
    ['a key', 'config.ts', `const key = '${aws}';`, /config.ts:1: holds an AWS access key/],
    ['a private key', 'a.pem', `\n${begin}\n${'A'.repeat(120)}\n`, /a.pem:2: holds a private key/],
    [
      'a Secret',
      's.yaml',
      `${kind}\nmetadata: { name: db }\nstringData: { a: b }\n`,
      /the Secret "db" in plain/,
    ],
    ['a Secret as JSON', 's.json', `{"${kind.replace(': ', '":"')}","data":{"a":"Yg=="}}`, /in plain text/],
  ])('%s is found', (_what, path, text, sentence) => {
    expect(plainSecretsIn(path, text)).toEqual([expect.stringMatching(sentence)]);
    expect(plainSecretsIn(path, text).join()).not.toContain(aws);
  });

  test.each([
    ['a Secret without values', 's.yaml', `${kind}\nmetadata: { name: db }\n`],
    ['a sealed one', 's.yaml', 'kind: SealedSecret\nspec: { encryptedData: { a: b } }\n'],
    ['documentation of AWS', 'a.md', 'AKIAIOSFODNN7EXAMPLE'],
  ])('%s is none', (_what, path, text) => expect(plainSecretsIn(path, text)).toEqual([]));
});
