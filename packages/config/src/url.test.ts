import { describe, expect, it } from 'vitest';
import { parsePostgresUrl, redactUrl } from './index.ts';

describe('parsePostgresUrl', () => {
  it.each([
    ['jdbc:postgresql://db:5433/fineract_tenants', { host: 'db', port: 5433, database: 'fineract_tenants' }],
    ['postgres://db/bank', { host: 'db', port: 5432, database: 'bank' }],
    ['postgresql://me:p%40ss@[::1]:6000/bank', { host: '::1', port: 6000, username: 'me', password: 'p@ss' }],
    ['jdbc:postgresql://db/bank?user=me&password=pw&sslmode=require', { username: 'me', password: 'pw' }],
  ])('reads %s', (text, address) => {
    expect(parsePostgresUrl(text, 'URL')).toMatchObject(address);
  });

  it.each([
    ['?sslmode=verify-full&sslrootcert=/etc/ca.crt', { mode: 'verify-full', rootCertificate: '/etc/ca.crt' }],
    ['?sslmode=verify-ca', { mode: 'verify-ca' }],
    ['?sslmode=require', { mode: 'require' }],
    ['?sslmode=prefer', undefined],
    ['?sslmode=disable', undefined],
    ['', undefined],
  ])('reads how the connection is protected from %j', (query, tls) => {
    expect(parsePostgresUrl(`jdbc:postgresql://db/bank${query}`, 'URL').tls).toEqual(tls);
  });

  it.each([
    'mysql://me:hunter2@db/bank',
    'jdbc:postgresql://me:hunter2@db/',
    'hunter2',
    'postgres://u:%hunter2@db/b',
    'postgres://u:hunter2@db/b?sslmode=verify-fully',
  ])('refuses %s without repeating it', (text) => {
    expect(() => parsePostgresUrl(text, 'FINERACT_HIKARI_JDBC_URL')).toThrow('FINERACT_HIKARI_JDBC_URL');
    expect(() => parsePostgresUrl(text, 'X')).not.toThrow(/hunter2/);
  });
});

describe('redactUrl', () => {
  it.each([
    ['postgres://me:pw@db:5432/bank?password=pw', 'postgres://db:5432/bank'],
    ['jdbc:postgresql://db/bank?user=me&password=pw', 'jdbc:postgresql://db/bank'],
    ['redis://:pw@cache:6379/', 'redis://cache:6379'],
    ['mailto:someone@example.org', 'mailto:…'],
    ['not a url with pw', '(not a URL)'],
  ])('%s becomes %s', (text, shown) => {
    expect(redactUrl(text)).toBe(shown);
  });
});
