import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtConsole, hasConsole } from './console-build.ts';
import { answersOk, type ProcessSpec } from './launch.ts';
import { type Layout, projectRoot } from './layout.ts';
import type { PublicPorts } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** Where PostgreSQL is, whoever runs it. */
export interface DatabaseServer {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** Everything that the services' settings are made of. */
export interface BankAddresses {
  layout: Layout;
  secrets: Secrets;
  ports: PublicPorts & { read: number; write: number; batch: number; smtp: number; 'user-sync': number };
  database: DatabaseServer;
  redisUrl: string | undefined;
  kafkaBrokers: string | undefined;
  objectsUrl: string;
}

/** Databases of the bank; the core and the identity service fill their own. */
export const databases = {
  registry: 'fineract_tenants',
  tenant: 'fineract_default',
  identity: 'identity',
} as const;

export type ServiceName = 'read' | 'write' | 'batch' | 'identity' | 'gateway' | 'inbox' | 'user-sync';

const loopback = '127.0.0.1';

/** What the services may see of our own environment; all else they get is listed here, so a start is repeatable. */
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'LOG_LEVEL',
  'TEST_HEADERS_ENABLED',
  'NODE_EXTRA_CA_CERTS',
];

/**
 * A small young generation: an idle core takes 121 MB with 2 MB halves, 133 MB with 8 and 144 MB with Node's own choice,
 * which suits servers that have the machine to themselves (docs/decisions/0031).
 */
const laptopFlags = ['--max-semi-space-size=2'];

/** The addresses by service name, as they appear in `status` and in `run.json`. */
export function serviceUrls({ ports }: BankAddresses): Record<ServiceName, string> {
  return {
    gateway: `http://localhost:${ports.gateway}`,
    identity: `http://localhost:${ports.identity}`,
    inbox: `http://localhost:${ports.inbox}`,
    read: `http://${loopback}:${ports.read}`,
    write: `http://${loopback}:${ports.write}`,
    batch: `http://${loopback}:${ports.batch}`,
    'user-sync': `http://${loopback}:${ports['user-sync']}`,
  };
}

/** How to start each service. */
export function serviceSpec(name: ServiceName, bank: BankAddresses): ProcessSpec {
  switch (name) {
    case 'read':
    case 'write':
    case 'batch':
      return spec(
        bank,
        name,
        'fineract',
        '/fineract-provider/actuator/health/readiness',
        coreEnv(name, bank),
      );
    case 'identity':
      return spec(bank, name, 'identity', '/health/ready', identityEnv(bank));
    case 'gateway':
      return spec(bank, name, 'gateway', '/healthz/ready', gatewayEnv(bank));
    case 'inbox':
      return spec(bank, name, 'inbox', '/healthz/ready', inboxEnv(bank));
    case 'user-sync':
      return spec(bank, name, 'user-sync', '/healthz/ready', userSyncEnv(bank));
  }
}

function spec(
  bank: BankAddresses,
  name: ServiceName,
  folder: string,
  healthPath: string,
  env: Record<string, string | undefined>,
): ProcessSpec {
  const main = join(projectRoot, 'services', folder, 'src', 'main.ts');
  const ready = `http://${loopback}:${bank.ports[name]}${healthPath}`;
  return {
    name,
    command: process.execPath,
    args: [...laptopFlags, main],
    cwd: projectRoot,
    env: withoutUndefined({ ...ownEnv(), NODE_COMPILE_CACHE: bank.layout.compileCache, ...env }),
    isReady: () => answersOk(ready),
  };
}

function coreEnv(mode: 'read' | 'write' | 'batch', bank: BankAddresses): Record<string, string | undefined> {
  const { database, secrets, ports } = bank;
  return {
    FINERACT_SERVER_HOST: loopback,
    FINERACT_SERVER_PORT: `${ports[mode]}`,
    FINERACT_MODE_READ_ENABLED: `${mode === 'read'}`,
    FINERACT_MODE_WRITE_ENABLED: `${mode === 'write'}`,
    FINERACT_MODE_BATCH_MANAGER_ENABLED: `${mode === 'batch'}`,
    FINERACT_MODE_BATCH_WORKER_ENABLED: `${mode === 'batch'}`,
    FINERACT_HIKARI_JDBC_URL: `jdbc:postgresql://${database.host}:${database.port}/${databases.registry}`,
    FINERACT_HIKARI_USERNAME: database.user,
    FINERACT_HIKARI_PASSWORD: database.password,
    FINERACT_DEFAULT_TENANTDB_NAME: databases.tenant,
    FINERACT_BOOTSTRAP_ADMIN_USERNAME: 'admin',
    FINERACT_BOOTSTRAP_ADMIN_PASSWORD: secrets.demoPassword,
    ...oidcEnv(bank),
    REDIS_URL: bank.redisUrl,
    KAFKA_BROKERS: bank.kafkaBrokers,
    OBJECTS_URL: bank.objectsUrl,
    SMTP_URL: `smtp://${loopback}:${ports.smtp}`,
    SMS_ENABLED: 'true',
    SNS_ENDPOINT: `http://${loopback}:${ports.inbox}/sns`,
    USER_SYNC_URL: serviceUrls(bank)['user-sync'],
    USER_SYNC_TOKEN: secrets.userSyncToken,
    ...awsEnv(),
  };
}

/** The inbox takes any AWS credentials, but the AWS SDK wants some; real ones (for S3) are handed on. */
function awsEnv(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  return {
    AWS_REGION: 'us-east-2',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...Object.fromEntries(own),
  };
}

/** The issuer as browsers see it; keys are fetched by number, for `localhost` may mean IPv6 to one and IPv4 to the other. */
function oidcEnv({ ports }: BankAddresses): Record<string, string> {
  const realm = `localhost:${ports.identity}/realms/fineract`;
  return {
    OIDC_ISSUER: `http://${realm}`,
    OIDC_JWKS_URL: `http://${loopback}:${ports.identity}/realms/fineract/protocol/openid-connect/certs`,
    OIDC_AUDIENCE: 'fineract-api',
  };
}

function identityEnv(bank: BankAddresses): Record<string, string | undefined> {
  const { ports, secrets, layout } = bank;
  const { user, password, host, port } = bank.database;
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return {
    IDENTITY_HOST: loopback,
    IDENTITY_PORT: `${ports.identity}`,
    IDENTITY_ISSUER: oidcEnv(bank)['OIDC_ISSUER'],
    IDENTITY_REALM_FILE: layout.realm,
    IDENTITY_DATABASE_URL: `postgres://${credentials}@${host}:${port}/${databases.identity}`,
    GATEWAY_PUBLIC_URL: serviceUrls(bank).gateway,
    GATEWAY_CLIENT_SECRET: secrets.gatewayClientSecret,
    USER_SYNC_CLIENT_SECRET: secrets.userSyncClientSecret,
    DEMO_PASSWORD: secrets.demoPassword,
  };
}

function gatewayEnv(bank: BankAddresses): Record<string, string | undefined> {
  const { ports, secrets, layout } = bank;
  const urls = serviceUrls(bank);
  return {
    GATEWAY_HOST: loopback,
    GATEWAY_PORT: `${ports.gateway}`,
    GATEWAY_PUBLIC_URL: urls.gateway,
    GATEWAY_READ_URL: urls.read,
    GATEWAY_WRITE_URL: urls.write,
    GATEWAY_BATCH_URL: urls.batch,
    // The gateway looks for the page at each request, so it need not wait for a build that is under way.
    GATEWAY_CONSOLE_DIR: hasConsole(layout.console) ? builtConsole(layout.console) : undefined,
    // On one machine scripts may use the API with a user's name and password.
    GATEWAY_BASIC_AUTH_ENABLED: 'true',
    ...oidcEnv(bank),
    OIDC_CLIENT_ID: 'fineract-gateway',
    OIDC_CLIENT_SECRET: secrets.gatewayClientSecret,
    SESSION_SECRET: secrets.sessionSecret,
    REDIS_URL: bank.redisUrl,
  };
}

function inboxEnv({ ports, layout }: BankAddresses): Record<string, string> {
  return {
    INBOX_HOST: loopback,
    INBOX_HTTP_PORT: `${ports.inbox}`,
    INBOX_SMTP_PORT: `${ports.smtp}`,
    INBOX_DIR: layout.inbox,
  };
}

function userSyncEnv({ ports, secrets }: BankAddresses): Record<string, string> {
  return {
    USER_SYNC_HOST: loopback,
    USER_SYNC_PORT: `${ports['user-sync']}`,
    USER_SYNC_TOKEN: secrets.userSyncToken,
    KEYCLOAK_URL: `http://${loopback}:${ports.identity}`,
    OIDC_CLIENT_SECRET: secrets.userSyncClientSecret,
  };
}

export function objectsOnDisk(layout: Layout): string {
  return pathToFileURL(layout.objects).href;
}

/** Our own environment, as far as it is handed on. */
export function ownEnv(): Record<string, string | undefined> {
  return Object.fromEntries(inherited.map((name) => [name, process.env[name]]));
}

export function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
