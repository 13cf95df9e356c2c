export { ConfigError, type ConfigProblem } from './config-error.ts';
export { type Environment, parseEnv } from './parse-env.ts';
export { type PostgresAddress, parsePostgresUrl } from './postgres-url.ts';
export { redactUrl } from './secrets.ts';
export { type ValuesOf, variable } from './variable.ts';
