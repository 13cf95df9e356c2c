import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** Where the values of a secret come from; each list holds `KEY=…` or, to generate, `KEY`. */
export interface ValueOptions {
  value?: readonly string[];
  fromFile?: readonly string[];
  fromEnv?: readonly string[];
  generate?: readonly string[];
}

const generatedBytes = 32;

/** Reads the values; a key may come from one place only, and a missing one is named before anything is sealed. */
export function readValues(options: ValueOptions): Record<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  const put = (key: string, value: Uint8Array): void => {
    if (!/^[-._a-zA-Z0-9]+$/.test(key)) throw usage(`"${key}" is not a key of a secret.`);
    if (values.has(key)) throw usage(`The key "${key}" is given twice.`);
    values.set(key, value);
  };
  for (const text of options.value ?? []) put(...withText(text));
  for (const text of options.fromFile ?? []) {
    const [key, path] = split(text);
    put(key, readFile(path));
  }
  for (const text of options.fromEnv ?? []) {
    const [key, variable] = split(text);
    const value = process.env[variable];
    if (!value)
      throw new CliError(`The environment variable ${variable} is not set, so "${key}" has no value.`);
    put(key, Buffer.from(value));
  }
  for (const key of options.generate ?? [])
    put(key, Buffer.from(randomBytes(generatedBytes).toString('base64url')));
  return Object.fromEntries(values);
}

const usage = (sentence: string): CliError => new CliError(sentence, ExitCode.usage);

function split(text: string): [key: string, rest: string] {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1)
    throw usage(`"${text}" is not of the form KEY=…; write for example password=…`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function withText(text: string): [key: string, value: Uint8Array] {
  const [key, value] = split(text);
  return [key, Buffer.from(value)];
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (cause) {
    throw new CliError(`${path} could not be read; give a file that is there.`, undefined, { cause });
  }
}
