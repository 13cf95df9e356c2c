import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRequestPath } from './request-path.ts';
import { safeReturnPath } from './return-path.ts';

describe('readRequestPath', () => {
  it.each([
    ['/api/v1/clients/7?fields=id', '/api/v1/clients/7'],
    ['/api/v1/runreports/Client%20Listing', '/api/v1/runreports/Client Listing'],
    ['/api/v1/runreports/Over%2530', '/api/v1/runreports/Over%30'],
    ['/api/v1/runreports/100%25', '/api/v1/runreports/100%'],
    ['/api/v1/datatables/..name..', '/api/v1/datatables/..name..'],
    ['/clients/%C3%BCber', '/clients/über'],
    ['/', '/'],
    ['/api/', '/api/'],
  ])('reads %s', (target, path) => {
    expect(readRequestPath(target)).toBe(path);
  });

  it.each([
    '/api/../admin',
    '/api/./x',
    '/api/%2e%2e/admin',
    '/api/.%2E/admin',
    '/api/%252e%252e/admin',
    '/api/..%20/admin',
    '/api/．．/admin',
    '/api/%EF%BC%8E%EF%BC%8E/admin',
    '/api\\..\\admin',
    '/api/%5c..%5cadmin',
    '/api%2fadmin',
    '/api%2Fadmin',
    '/api/x%3fy',
    '/api/x%23y',
    '/api/x#y',
    '/api/x;jsessionid=1',
    '/api/x%3Bjsessionid=1',
    '/api/x%00',
    '/api/x%0d%0aHost:evil',
    '//evil.example/api',
    '/api//admin',
    '/api/%ZZ',
    '/api/%ff',
    'http://evil.example/api',
    '*',
    '',
  ])('prefix escape: refuses %s', (target) => {
    expect(readRequestPath(target)).toBeNull();
  });

  it('never answers a path that a second decoding or normalising would change', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '%25',
      '2f',
      'a',
      'api',
      '?',
      '%3f',
      '#',
      ';',
      '．',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = readRequestPath(`/${pieces.join('')}`);
        if (path === null) return;
        expect(new URL(`http://h${encodeURI(path).replaceAll('?', '%3f')}`).pathname.split('/').length).toBe(
          path.split('/').length,
        );
        expect(path).not.toMatch(/(^|\/)\.{1,2}(\/|$)|\\|%(2e|2f|5c)/i);
      }),
    );
  });
});

describe('safeReturnPath', () => {
  const origin = 'https://bank.example';
  it.each([
    ['/clients/7?tab=1', '/clients/7?tab=1'],
    ['/', '/'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/%5cevil.example', '/'],
    ['\t//evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/auth/login', '/'],
    ['/logout', '/'],
  ])('open redirect: %j leads to %s', (wanted, path) => {
    expect(safeReturnPath(wanted, origin)).toBe(path);
  });

  it('stays on the bank for anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (wanted) => {
        expect(new URL(safeReturnPath(wanted, origin), origin).origin).toBe(origin);
      }),
    );
  });
});
