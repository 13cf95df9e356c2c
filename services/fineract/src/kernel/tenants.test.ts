import { freePort } from '@fineract-gitops/local-postgres';
import { testServerUrl } from '@fineract-gitops/local-postgres/testing';
import { describe, expect, test } from 'vitest';
import { openTestBank } from '../testing/test-bank.ts';

const readOnly = {
  FINERACT_MODE_WRITE_ENABLED: 'false',
  FINERACT_MODE_BATCH_MANAGER_ENABLED: 'false',
};

async function nobodyThere() {
  return {
    FINERACT_DEFAULT_TENANTDB_RO_HOSTNAME: '127.0.0.1',
    FINERACT_DEFAULT_TENANTDB_RO_PORT: `${await freePort()}`,
  };
}

describe('a replica', () => {
  test('is what an instance reads from that only reads, while the registry stays where it is', async () => {
    await using bank = await openTestBank({ ...readOnly, ...(await nobodyThere()) });
    expect((await bank.get('/offices')).status).toBe(503);
    const ready = await bank.instance.server.inject('/actuator/health/readiness');
    expect(ready.statusCode).toBe(200);
  });

  test('is read from by its own name, at the registry’s port unless it has another', async () => {
    expect(new URL(testServerUrl()).hostname).not.toBe('localhost');
    await using bank = await openTestBank({
      ...readOnly,
      FINERACT_DEFAULT_TENANTDB_RO_HOSTNAME: 'localhost',
    });
    expect((await bank.get('/offices')).status).toBe(200);
  });

  test('is nothing to an instance that writes', async () => {
    await using bank = await openTestBank(await nobodyThere());
    expect((await bank.get('/offices')).status).toBe(200);
  });
});
