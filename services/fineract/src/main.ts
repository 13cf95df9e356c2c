/** Configuration → resources → what the mode asks for. `main.ts migrate` brings the databases up and ends. */
import { ConfigError } from '@fineract-gitops/config';
import { installShutdown } from '@fineract-gitops/telemetry';
import { type Config, readConfig } from './config.ts';
import { buildInstance, loggerOf, migrateInstallation } from './instance.ts';

async function serve(config: Config): Promise<void> {
  if (config.modes.write) await migrateInstallation(config);
  const instance = await buildInstance(config);
  installShutdown({ logger: instance.resources.logger, close: () => instance.close() });
  await instance.server.listen({ host: config.host, port: config.port });
}

try {
  const config = readConfig();
  if (process.argv[2] === 'migrate') await migrateInstallation(config);
  else
    await serve(config).catch((error: unknown) => {
      loggerOf(config).fatal({ err: error }, 'could not start');
      process.exit(1);
    });
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exit(2);
}
