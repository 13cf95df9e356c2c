import type { AddressInfo } from 'node:net';
import { createLogger } from '@fineract-gitops/telemetry';
import type { FastifyInstance } from 'fastify';
import { buildGateway } from '../app.ts';
import { type Config, readConfig } from '../config.ts';

export type TestGateway = {
  url: string;
  port: number;
  server: FastifyInstance;
  logLines: string[];
  close: () => Promise<void>;
};

export const nowhere = 'http://127.0.0.1:9';

/** A gateway on a loopback port. `change` are environment variables; the public URL is its own unless given. */
export async function startTestGateway(change: Record<string, string> = {}, port = 0): Promise<TestGateway> {
  const logLines: string[] = [];
  const destination = { write: (line: string) => void logLines.push(line) };
  const logger = createLogger({ service: 'gateway', level: 'info', destination });
  const server = await buildGateway(testConfig(change), logger);
  await server.listen({ port, host: 'localhost' });
  const { port: bound } = server.server.address() as AddressInfo;
  return { url: `http://localhost:${bound}`, port: bound, server, logLines, close: () => server.close() };
}

export function testConfig(change: Record<string, string> = {}): Config {
  return readConfig({
    GATEWAY_PUBLIC_URL: 'http://localhost:8080',
    GATEWAY_READ_URL: nowhere,
    GATEWAY_WRITE_URL: nowhere,
    GATEWAY_BATCH_URL: nowhere,
    OIDC_ISSUER: `${nowhere}/realms/fineract`,
    OIDC_CLIENT_SECRET: 'a gateway secret for tests',
    SESSION_SECRET: 'a session secret for tests that is long enough',
    TEST_HEADERS_ENABLED: 'true',
    ...change,
  });
}
