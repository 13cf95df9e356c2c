import { describe, expect, it } from 'vitest';
import { testConfig } from './testing/gateway.ts';

describe('readConfig', () => {
  it.each(['0.0.0.0/0', '::/0', '*', 'true', '10.0.0.1/0'])(
    'client-sent X-Forwarded-* (trusted proxies of everybody): refuses %s',
    (network) => {
      expect(() => testConfig({ GATEWAY_TRUSTED_PROXIES: `10.0.0.0/8,${network}` })).toThrow(
        'trusts everybody',
      );
    },
  );

  it('trusts nobody unless told', () => {
    expect(testConfig().trustedProxies).toEqual([]);
    expect(testConfig().basicAuthEnabled).toBe(false);
  });

  it('refuses short secrets without showing them', () => {
    const start = () => testConfig({ SESSION_SECRET: 'my-short-secret', OIDC_CLIENT_SECRET: 'tiny' });
    expect(start).toThrow(/SESSION_SECRET is not valid \(value not shown\)/);
    expect(start).not.toThrow(/my-short-secret|tiny/);
  });

  it('takes the keys of the issuer unless another address is given', () => {
    expect(testConfig({ OIDC_ISSUER: 'https://id.example/realms/fineract' }).oidc.jwksUrl).toBe(
      'https://id.example/realms/fineract/protocol/openid-connect/certs',
    );
  });
});
