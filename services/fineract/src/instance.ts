/** Puts an instance together from its configuration, without listening. */
import { createCache } from '@fineract-gitops/cache';
import { createKafkaPublisher } from '@fineract-gitops/events';
import { createObjectStore } from '@fineract-gitops/objects';
import { createLogger } from '@fineract-gitops/telemetry';
import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import { startBackground } from './background.ts';
import { domains } from './bank.ts';
import type { Config } from './config.ts';
import { createBasicAuthenticator, createBearerAuthenticator } from './kernel/authentication/index.ts';
import { buildServer } from './kernel/http/server.ts';
import { instanceName, isReadOnly } from './kernel/instance-mode.ts';
import { declaredJobs } from './kernel/jobs/index.ts';
import { installAndMigrate } from './kernel/migration.ts';
import { brokerConsumer, cacheConsumer, type Relay, startRelay } from './kernel/outbox/index.ts';
import { declaredPermissions } from './kernel/permissions.ts';
import { createInstanceMemory, type Resources } from './kernel/resources.ts';
import { routeTable } from './kernel/route-table.ts';
import { openTenants } from './kernel/tenants.ts';
import { onFirstUse } from './on-first-use.ts';
import { createUserSync } from './users/index.ts';

export interface Instance {
  readonly server: FastifyInstance;
  readonly resources: Resources;
  /** Stops taking requests, finishes what is in flight, closes what was opened. */
  close(): Promise<void>;
}

/** Creates databases and schema where they are missing. Write instances do it at their start. */
export async function migrateInstallation(config: Config): Promise<void> {
  await installAndMigrate({
    registry: config.registry,
    defaultTenant: config.defaultTenant,
    bootstrapAdmin: config.bootstrapAdmin,
    permissions: declaredPermissions(domains),
    jobs: declaredJobs(domains),
    logger: loggerOf(config),
  });
}

export async function buildInstance(config: Config): Promise<Instance> {
  const logger = loggerOf(config);
  const cache = await createCache({ url: config.redisUrl, logger });
  const tenants = openTenants({
    registry: config.registry,
    applicationName: `fineract-${instanceName(config.modes)}`,
    poolSizeMax: config.poolSizeMax,
    readOnly: isReadOnly(config.modes),
    replica: isReadOnly(config.modes) ? config.replica : null,
    onError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  });
  const publisher =
    config.modes.write && config.kafkaBrokers.length > 0
      ? createKafkaPublisher({ brokers: config.kafkaBrokers, clientId: 'fineract' })
      : null;
  const userSync =
    config.modes.write && config.userSync
      ? createUserSync({ ...config.userSync, tenant: config.defaultTenant.identifier, logger })
      : null;
  const relays: Relay[] = [];
  const resources: Resources = {
    tenants,
    cache,
    logger,
    objects: onFirstUse(() => createObjectStore(config.objectsUrl)),
    memory: createInstanceMemory(),
    wakeRelay: () => {
      for (const relay of relays) relay.wake();
    },
    passwordHandOver: userSync?.passwordHandOver ?? null,
  };
  const server = await buildServer({
    resources,
    entry: {
      tenants,
      modes: config.modes,
      authenticators: {
        basic: config.basicAuth ? createBasicAuthenticator(resources) : null,
        bearer: config.oidc ? createBearerAuthenticator(resources, config.oidc) : null,
      },
    },
    routes: routeTable(domains),
    version: packageJson.version,
    revision: config.revision,
    testHeaders: config.testHeaders,
  });
  if (config.modes.write) {
    const consumers = [cacheConsumer(cache), ...(publisher ? [brokerConsumer(publisher)] : [])];
    relays.push(startRelay({ tenants, consumers, logger }));
    // A line of its own: an identity provider that is slow must not make the cache and the broker wait.
    if (userSync) relays.push(startRelay({ tenants, consumers: [userSync.consumer], logger }));
  }
  const background = startBackground(config, resources);
  return {
    server,
    resources,
    async close() {
      await server.close();
      await background.stop();
      await userSync?.stop();
      await Promise.all(relays.map((relay) => relay.stop()));
      await Promise.all([publisher?.close(), cache.close(), tenants.close()]);
    },
  };
}

export function loggerOf(config: Config) {
  return createLogger({ service: 'fineract', instance: instanceName(config.modes), level: config.logLevel });
}
