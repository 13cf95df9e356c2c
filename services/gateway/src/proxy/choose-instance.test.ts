import { describe, expect, it } from 'vitest';
import { chooseInstance } from './choose-instance.ts';

describe('chooseInstance', () => {
  it.each([
    ['GET', '/api/v1/clients/1', 'read'],
    ['HEAD', '/fineract-provider/api/v1/clients', 'read'],
    ['OPTIONS', '/api/v1/clients', 'read'],
    ['POST', '/api/v1/clients', 'write'],
    ['PUT', '/fineract-provider/api/v1/clients/1', 'write'],
    ['PATCH', '/api/v1/clients/1', 'write'],
    ['DELETE', '/api/v1/clients/1', 'write'],
    ['POST', '/fineract-provider/api/v1/authentication', 'write'],
    ['POST', '/fineract-provider/api/v2/clients/search', 'write'],
    ['GET', '/api/v1/jobs', 'batch'],
    ['POST', '/api/v1/jobs/6', 'batch'],
    ['POST', '/fineract-provider/api/v1/jobs/short-name/SA_PINT', 'batch'],
    ['GET', '/fineract-provider/api/v1/scheduler', 'batch'],
    ['POST', '/api/v1/scheduler', 'batch'],
    ['POST', '/api/v1/loans/catch-up', 'batch'],
    ['GET', '/api/v1/loans/is-catch-up-running', 'batch'],
    ['GET', '/api/v1/loans/7', 'read'],
    ['GET', '/api/v1/businessdate', 'read'],
    ['POST', '/api/v1/businessdate', 'write'],
    ['GET', '/api/v1/reportmailingjobs', 'read'],
    ['POST', '/api/v1/clients/jobs', 'write'],
    ['GET', '/fineract-provider/actuator/health', 'read'],
  ])('%s %s → %s', (method, path, instance) => {
    expect(chooseInstance(method, path)).toBe(instance);
  });
});
