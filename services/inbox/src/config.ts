import { parseEnv } from '@fineract-gitops/config';
import { type Static, Type } from 'typebox';

const port = (description: string, standard: number) =>
  Type.Integer({ minimum: 0, maximum: 65535, default: standard, description });

const schema = Type.Object({
  INBOX_HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on.' }),
  INBOX_HTTP_PORT: port('Port of the page, the JSON API and the SNS endpoint.', 8082),
  INBOX_SMTP_PORT: port('Port of the SMTP server.', 2525),
  INBOX_DIR: Type.Optional(Type.String({ description: 'Directory that keeps the messages over a restart.' })),
  LOG_LEVEL: Type.String({ default: 'info' }),
});

export type InboxConfig = Readonly<Static<typeof schema>>;

/** The configuration from the environment. @throws ConfigError */
export function readConfig(): InboxConfig {
  return parseEnv(schema, process.env);
}
