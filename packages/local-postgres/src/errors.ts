/** What can go wrong around a PostgreSQL on this machine; the message is one sentence that says what to do. */
export type LocalPostgresErrorCode =
  | 'binaries-missing'
  | 'library-missing'
  | 'disk-full'
  | 'port-taken'
  | 'directory-in-use'
  | 'directory-unusable'
  | 'directory-corrupt'
  | 'version-mismatch'
  | 'memory'
  | 'start-failed';

export class LocalPostgresError extends Error {
  readonly code: LocalPostgresErrorCode;
  /** PostgreSQL's own words, for the log. */
  readonly detail: string;

  constructor(code: LocalPostgresErrorCode, message: string, detail = '') {
    super(message);
    this.name = 'LocalPostgresError';
    this.code = code;
    this.detail = detail;
  }
}

interface Context {
  directory: string;
  port?: number;
}

type Rule = [
  pattern: RegExp,
  code: LocalPostgresErrorCode,
  say: (match: RegExpMatchArray, at: Context) => string,
];

/** The first rule that matches wins, so the cause stands before its consequences. */
const rules: Rule[] = [
  [
    /No space left on device|Disk quota exceeded|Check free disk space/,
    'disk-full',
    (_, at) => `The disk is full: free some space under ${at.directory} and start again.`,
  ],
  [
    /error while loading shared libraries: ([^:\s]+)|Library not loaded: (\S+)/,
    'library-missing',
    ([, linux, mac]) =>
      `PostgreSQL needs the library ${linux ?? mac}, which this machine lacks: install the package that contains it, or PostgreSQL 15 itself (Debian: apt-get install postgresql-15).`,
  ],
  [
    /GLIBC(?:XX)?_[\d.]+' not found/,
    'library-missing',
    () =>
      'The bundled PostgreSQL needs a newer C library than this machine has: install PostgreSQL 15 from your system (Debian: apt-get install postgresql-15).',
  ],
  [
    /could not bind .*Address already in use/,
    'port-taken',
    (_, at) => `Port ${at.port ?? ''} is taken by another program: stop it or choose another port.`,
  ],
  [
    /lock file "[^"]+" already exists|pre-existing shared memory block/,
    'directory-in-use',
    (_, at) => `Another PostgreSQL is using ${at.directory}: stop it first.`,
  ],
  [
    /database files are incompatible with server|initialized by PostgreSQL version (\S+),/,
    'version-mismatch',
    (_, at) =>
      `The data in ${at.directory} was made by another version of PostgreSQL: use that version, or begin anew with \`npm start -- --reset\`.`,
  ],
  [
    /could not (?:map|create|resize) .*shared memory|Cannot allocate memory/,
    'memory',
    () =>
      'PostgreSQL could not get the memory it needs: close other programs or give the machine more memory.',
  ],
  [
    /could not locate a valid checkpoint|pg_control|invalid checksum|is not a database cluster directory|could not (?:open|read|find|access) (?:the )?(?:file|directory) "?(?:[^"]*\/)?(?:global|base|pg_\w+|postgresql\.conf|PG_VERSION)|is missing or corrupt|could not read blocks?/,
    'directory-corrupt',
    (_, at) =>
      `The data in ${at.directory} is damaged: restore it from a backup, or begin anew with \`npm start -- --reset\`.`,
  ],
  [
    /Permission denied|has wrong ownership|invalid permissions/,
    'directory-unusable',
    (_, at) =>
      `PostgreSQL may not read or write ${at.directory}: give that directory to the user that runs it.`,
  ],
];

/** Turns what PostgreSQL printed while failing into one sentence for the person at the keyboard. */
export function explainFailure(output: string, at: Context): LocalPostgresError {
  for (const [pattern, code, say] of rules) {
    const match = output.match(pattern);
    if (match) return new LocalPostgresError(code, say(match, at), output);
  }
  const fatal =
    output.match(/(?:FATAL|PANIC|error):\s+(.+)/g)?.at(-1) ?? output.trim().split('\n').at(-1) ?? '';
  return new LocalPostgresError(
    'start-failed',
    `PostgreSQL did not start: ${fatal.trim() || 'it said nothing'}.`,
    output,
  );
}

/** The same for errors of Node's own file calls; anything unknown comes back as it is. */
export function explainFileError(error: unknown, at: Context): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return explainFailure('No space left on device', at);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return explainFailure('Permission denied', at);
  return error;
}
