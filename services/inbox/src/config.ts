import { parseEnv, type ValuesOf, variable } from '@fineract-gitops/config';

const port = (description: string, standard: number) =>
  variable.integer({ minimum: 0, maximum: 65535, default: standard, description });

const variables = {
  INBOX_HOST: variable.text({ default: '127.0.0.1', description: 'Address to listen on.' }),
  INBOX_HTTP_PORT: port('Port of the page, the JSON API and the SNS endpoint.', 8082),
  INBOX_SMTP_PORT: port('Port of the SMTP server.', 2525),
  INBOX_DIR: variable.optional(
    variable.text({ description: 'Directory that keeps the messages over a restart.' }),
  ),
  LOG_LEVEL: variable.text({ default: 'info' }),
};

export type InboxConfig = ValuesOf<typeof variables>;

/** The configuration from the environment. @throws ConfigError */
export function readConfig(): InboxConfig {
  return parseEnv(variables, process.env);
}
