import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseEnv, variable } from './index.ts';

const variables = {
  PORT: variable.integer({
    minimum: 1,
    maximum: 65535,
    default: 8080,
    description: 'Where the server listens.',
  }),
  CACHE_ENABLED: variable.flag({ default: false }),
  RATIO: variable.optional(variable.number({ minimum: 0, maximum: 1 })),
  BROKERS: variable.list({ default: [], example: 'kafka:9092' }),
  LEVEL: variable.oneOf(['debug', 'info'], { default: 'info' }),
  ISSUER: variable.optional(variable.url({ example: 'https://id.example.org/realms/fineract' })),
  DB_PASSWORD: variable.text({ minLength: 8 }),
};
const complete = { DB_PASSWORD: 'correct horse' };

function problemsOf(env: Record<string, string>): ConfigError {
  try {
    parseEnv(variables, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('expected a ConfigError');
}

describe('parseEnv', () => {
  it('takes defaults for absent and for empty variables, and leaves optional ones out', () => {
    expect(parseEnv(variables, { ...complete, PORT: '', ISSUER: ' ' })).toEqual({
      PORT: 8080,
      CACHE_ENABLED: false,
      BROKERS: [],
      LEVEL: 'info',
      DB_PASSWORD: 'correct horse',
    });
  });

  it('turns text into the types of the schema', () => {
    const env = {
      ...complete,
      PORT: '9',
      CACHE_ENABLED: 'TRUE',
      RATIO: '0.25',
      BROKERS: 'a:1, b:2,',
      LEVEL: 'debug',
    };
    expect(parseEnv(variables, env)).toMatchObject({
      PORT: 9,
      CACHE_ENABLED: true,
      RATIO: 0.25,
      BROKERS: ['a:1', 'b:2'],
      LEVEL: 'debug',
    });
  });

  it('keeps text that looks like a number when the schema says text', () => {
    expect(parseEnv(variables, { DB_PASSWORD: '0012345678' }).DB_PASSWORD).toBe('0012345678');
  });

  it('ignores variables of other programs', () => {
    expect(Object.keys(parseEnv(variables, { ...complete, HOME: '/root' }))).not.toContain('HOME');
  });

  it('returns a frozen value, lists included, without freezing the schema', () => {
    const fallback: string[] = [];
    const config = parseEnv({ LIST: variable.list({ default: fallback }) }, {});
    expect(Object.isFrozen(config) && Object.isFrozen(config.LIST)).toBe(true);
    expect(Object.isFrozen(fallback)).toBe(false);
  });

  it('names every problem at once, one line each, with what would do', () => {
    const error = problemsOf({
      PORT: '70000',
      CACHE_ENABLED: 'yes',
      RATIO: '1e3',
      LEVEL: 'loud',
      ISSUER: 'not a url',
    });
    expect(error.message.split('\n')).toEqual([
      'The configuration has 6 problems:',
      '  PORT is "70000"; expected a whole number from 1 to 65535, for example 8080 (Where the server listens)',
      '  CACHE_ENABLED is "yes"; expected true or false, for example false',
      '  RATIO is "1e3"; expected a number from 0 to 1',
      '  LEVEL is "loud"; expected one of debug, info, for example info',
      '  ISSUER is "not a url"; expected a URL, for example https://id.example.org/realms/fineract',
      '  DB_PASSWORD is missing; expected text of at least 8 characters',
    ]);
  });

  it('refuses numbers in forms nobody means', () => {
    for (const PORT of ['0x10', '1e3', '8080.5', 'NaN', 'Infinity', '--1']) {
      expect(problemsOf({ ...complete, PORT }).problems.map((each) => each.variable)).toEqual(['PORT']);
    }
  });

  it('never shows a value that may be secret', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('DB_PASSWORD', 'SESSION_SECRET', 'API_TOKEN', 'SIGNING_KEY'),
        fc.stringMatching(/^[a-z0-9]{12,30}$/),
        (name, secret) => {
          const strict = { [name]: variable.text({ pattern: /^$/ }), DB_URL: variable.integer() };
          try {
            parseEnv(strict, { [name]: secret, DB_URL: `postgres://me:${secret}@db/x` });
            return false;
          } catch (error) {
            return (
              error instanceof ConfigError &&
              !JSON.stringify([error.message, error.problems]).includes(secret)
            );
          }
        },
      ),
    );
  });
});
