import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCertificates, readRecoveryKeys } from './keys.ts';
import { mergeSealed, type Scope, scopes, seal, unseal } from './sealed-secret.ts';
import { makeControllerKey } from './testing/controller-key.ts';

const [ours, another] = [makeControllerKey(), makeControllerKey()];
const now = new Date();
const [certificate] = readCertificates(ours.certificate, 'ours', now);
const keys = readRecoveryKeys(ours.privateKey, 'ours');
const otherKeys = readRecoveryKeys(another.privateKey, 'another');

const plain = (data: Record<string, Uint8Array>) => ({ name: 'db', namespace: 'bank', data });

describe('sealing', () => {
  test('what is sealed is opened, byte for byte, in every scope', () => {
    const secrets = fc.dictionary(
      fc.stringMatching(/^[a-z][a-z.-]{0,8}$/),
      fc.uint8Array({ maxLength: 300 }),
      {
        minKeys: 1,
        maxKeys: 3,
      },
    );
    fc.assert(
      fc.property(secrets, fc.constantFrom(...scopes), (data, scope) => {
        const opened = unseal(keys, seal(certificate, plain(data), scope)).data;
        expect(opened).toEqual(
          Object.fromEntries(
            Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('one value sealed twice differs, since the session key is new each time', () => {
    const twice = [1, 2].map(() => seal(certificate, plain({ a: Buffer.from('x') })).spec.encryptedData['a']);
    expect(twice[0]).not.toBe(twice[1]);
  });

  test('a second recovery key is tried when the first does not fit', () => {
    const sealed = seal(certificate, plain({ a: Buffer.from('x') }));
    expect(unseal([...otherKeys, ...keys], sealed).data['a']).toBe(Buffer.from('x').toString('base64'));
  });

  test.each<[Scope, string, string, boolean]>([
    ['strict', 'bank', 'other', false],
    ['strict', 'other', 'db', false],
    ['namespace-wide', 'bank', 'other', true],
    ['namespace-wide', 'other', 'db', false],
    ['cluster-wide', 'other', 'other', true],
  ])('in %s scope, moved to %s/%s it opens: %s', (scope, namespace, name, opens) => {
    const sealed = seal(certificate, plain({ a: Buffer.from('x') }), scope);
    const moved = { ...sealed, metadata: { ...sealed.metadata, namespace, name } };
    if (opens) expect(unseal(keys, moved).metadata).toMatchObject({ namespace, name });
    else expect(() => unseal(keys, moved)).toThrow(/None of the 1 recovery keys opens a of/);
  });

  test('a changed byte is refused', () => {
    const sealed = seal(certificate, plain({ a: Buffer.from('a longer value') }));
    const bytes = Buffer.from(sealed.spec.encryptedData['a'] ?? '', 'base64');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
    const broken = { ...sealed, spec: { ...sealed.spec, encryptedData: { a: bytes.toString('base64') } } };
    expect(() => unseal(keys, broken)).toThrow(/None of the 1 recovery keys/);
  });

  test('refusals never repeat a value', () => {
    const sealed = seal(certificate, plain({ password: Buffer.from('hunter2') }));
    expect(() => unseal(otherKeys, sealed)).toThrow(/^(?!.*hunter2).*opens password of bank\/db/);
  });
});

describe('merging', () => {
  test('new keys join the ones that are there', () => {
    const merged = mergeSealed(
      seal(certificate, plain({ a: Buffer.from('1') })),
      seal(certificate, plain({ b: Buffer.from('2') })),
    );
    expect(Object.keys(unseal(keys, merged).data)).toEqual(['a', 'b']);
  });

  test('scopes and certificates are not mixed', () => {
    const strict = seal(certificate, plain({ a: Buffer.from('1') }));
    const wide = seal(certificate, plain({ b: Buffer.from('2') }), 'cluster-wide');
    expect(() => mergeSealed(strict, wide)).toThrow(/strict scope.*cluster-wide scope.*--replace/);
    const [other] = readCertificates(another.certificate, 'another', now);
    expect(() => mergeSealed(strict, seal(other, plain({ b: Buffer.from('2') })))).toThrow(
      /another certificate.*--replace/,
    );
  });
});

describe('keys', () => {
  test('a certificate that ended seals nothing', () => {
    const later = new Date(Date.now() + 11 * 365 * 24 * 3600 * 1000);
    expect(() => readCertificates(ours.certificate, 'certificate.pem', later)).toThrow(
      /certificate.pem ended on/,
    );
  });

  test.each(['', 'not PEM', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'refuses %j as a certificate',
    (pem) =>
      expect(() => readCertificates(pem, 'file', now)).toThrow(/^file (holds no|is not a) certificate/),
  );

  test("the controller's key Secrets are read as kubectl prints them", () => {
    const data = { 'tls.key': Buffer.from(ours.privateKey).toString('base64') };
    const list = JSON.stringify({
      kind: 'List',
      items: [
        { kind: 'Secret', data },
        { kind: 'Secret', data },
      ],
    });
    expect(readRecoveryKeys(list, 'backup')).toHaveLength(2);
    expect(readRecoveryKeys(`${ours.privateKey}\n${another.privateKey}`, 'two')).toHaveLength(2);
    expect(() => readRecoveryKeys('kind: Secret', 'empty')).toThrow(/empty holds no private key/);
  });
});
