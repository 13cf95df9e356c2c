import { describe, expect, it } from 'vitest';
import { explainFailure } from './errors.ts';

/** PostgreSQL's and the loader's own words, and what a person should read. */
const cases: [output: string, code: string, sentence: RegExp][] = [
  [
    'initdb: error: could not write to file "x": No space left on device',
    'disk-full',
    /^The disk is full: free/,
  ],
  [
    'FATAL: wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.\nPANIC: x',
    'disk-full',
    /^The disk is full/,
  ],
  [
    'postgres: error while loading shared libraries: libxml2.so.2: cannot open shared object file',
    'library-missing',
    /needs the library libxml2\.so\.2/,
  ],
  [
    "/lib/libc.so.6: version `GLIBC_2.38' not found (required by postgres)",
    'library-missing',
    /newer C library/,
  ],
  [
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
    'port-taken',
    /^Port 5544 is taken/,
  ],
  [
    'FATAL:  lock file "postmaster.pid" already exists',
    'directory-in-use',
    /^Another PostgreSQL is using \/data/,
  ],
  [
    'FATAL:  database files are incompatible with server',
    'version-mismatch',
    /another version of PostgreSQL/,
  ],
  [
    'FATAL:  could not map anonymous shared memory: Cannot allocate memory',
    'memory',
    /could not get the memory/,
  ],
  [
    'PANIC:  could not locate a valid checkpoint record',
    'directory-corrupt',
    /^The data in \/data is damaged/,
  ],
  [
    'FATAL:  could not open file "global/pg_filenode.map": Permission denied',
    'directory-corrupt',
    /is damaged/,
  ],
  [
    'FATAL:  data directory "/data" has wrong ownership',
    'directory-unusable',
    /may not read or write \/data/,
  ],
  ['FATAL:  something else entirely', 'start-failed', /did not start: FATAL:\s+something else entirely/],
  ['', 'start-failed', /it said nothing/],
];

describe('explainFailure', () => {
  it.each(cases)('%s', (output, code, sentence) => {
    const error = explainFailure(output, { directory: '/data', port: 5544 });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
    expect(error.message).not.toContain('\n');
    expect(error.detail).toBe(output);
  });
});
