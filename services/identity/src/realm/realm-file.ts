import { readFile } from 'node:fs/promises';
import type { Environment } from '@fineract-gitops/config';
import { Errors } from 'typebox/schema';
import { type Realm, realmSchema } from './schema.ts';
import { findUnsupported } from './unsupported.ts';

/** Everything that keeps the realm file from being used, one line each; shows no value of a placeholder. */
export class RealmFileError extends Error {
  constructor(path: string, problems: readonly string[]) {
    super(
      [`The realm file ${path} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join('\n'),
    );
    this.name = 'RealmFileError';
  }
}

/**
 * Reads a realm in Keycloak's export format. `${NAME}` and `${NAME:default}` inside strings take their values from
 * `placeholders`, as Keycloak's import does it.
 * @throws RealmFileError with every problem at once
 */
export async function readRealm(path: string, placeholders: Environment): Promise<Realm> {
  const problems: string[] = [];
  const realm = substitute(await parse(path), placeholders, problems);
  if (problems.length > 0) throw new RealmFileError(path, problems);
  const [valid, errors] = Errors(realmSchema, realm);
  if (!valid) throw new RealmFileError(path, errors.map(describeError));
  const unsupported = findUnsupported(realm as Realm);
  if (unsupported.length > 0) throw new RealmFileError(path, unsupported);
  return realm as Realm;
}

async function parse(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new RealmFileError(path, [missing ? 'there is no such file' : (error as Error).message]);
  }
}

// Substitution after parsing: a secret with a quote in it cannot change the file's shape.
function substitute(value: unknown, placeholders: Environment, problems: string[]): unknown {
  if (typeof value === 'string') return substituteText(value, placeholders, problems);
  if (Array.isArray(value)) return value.map((item) => substitute(item, placeholders, problems));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, substitute(inner, placeholders, problems)]),
  );
}

function substituteText(text: string, placeholders: Environment, problems: string[]): string {
  return text.replace(/\$\{([A-Z][A-Z0-9_]*)(?::([^}]*))?\}/g, (_match, name: string, fallback?: string) => {
    const value = placeholders[name] || fallback;
    if (value !== undefined) return value;
    const problem = `it names \${${name}}: set the environment variable ${name}`;
    if (!problems.includes(problem)) problems.push(problem);
    return '';
  });
}

function describeError(error: { instancePath: string; message: string }): string {
  return `${error.instancePath === '' ? 'the file' : error.instancePath} ${error.message}`;
}
