import { createServer, type Server } from 'node:net';
import { freePort } from '@fineract-gitops/local-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireDataServices } from './profile.ts';

let server: Server;
let here: string;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  here = `127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => server.close());

describe('requireDataServices', () => {
  it('asks for exactly what the profile names', async () => {
    const env = {
      DATABASE_URL: `postgres://u:p@${here}/x`,
      REDIS_URL: `redis://${here}`,
      KAFKA_BROKERS: here,
      OBJECTS_URL: `s3://bucket?endpoint=http://${here}`,
    };
    expect(await requireDataServices('local', {})).toEqual({});
    expect(await requireDataServices('minimal', env)).toEqual({ databaseUrl: env.DATABASE_URL });
    expect(Object.keys(await requireDataServices('standard', env))).toEqual(['databaseUrl', 'redisUrl']);
    expect(Object.keys(await requireDataServices('full', env))).toHaveLength(4);
  });

  it('says in one sentence all that is missing', async () => {
    await expect(requireDataServices('full', { DATABASE_URL: 'postgres://localhost/x' })).rejects.toThrow(
      'The full profile needs Redis (set REDIS_URL, for example redis://localhost:6379), Kafka (set KAFKA_BROKERS, for example localhost:9092) and S3 (set OBJECTS_URL, for example s3://bucket?region=eu-central-1).',
    );
  });

  it('says what does not answer, without the password in its address', async () => {
    const port = await freePort();
    const asked = requireDataServices('minimal', {
      DATABASE_URL: `postgres://bank:hunter2@127.0.0.1:${port}/x`,
    });
    await expect(asked).rejects.toThrow(
      `PostgreSQL, which does not answer at 127.0.0.1:${port} (DATABASE_URL)`,
    );
    await expect(asked).rejects.not.toThrow('hunter2');
  });

  it('says that an address cannot be read', async () => {
    await expect(requireDataServices('minimal', { DATABASE_URL: 'localhost 5432' })).rejects.toThrow(
      'DATABASE_URL is not an address that can be read.',
    );
  });
});
