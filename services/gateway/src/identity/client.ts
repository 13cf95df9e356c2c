import * as oidc from 'openid-client';
import type { Config } from '../config.ts';
import { RefusalError, refusals } from '../http/errors.ts';

const DISCOVERY_TIMEOUT_SECONDS = 5;

/** The issuer as OpenID client; @throws RefusalError while it does not answer */
export type IdentityClient = () => Promise<oidc.Configuration>;

/**
 * Finds the issuer when it is first needed, so that the gateway starts and serves API clients without it; a failure is
 * not remembered.
 */
export function createIdentityClient({ oidc: settings }: Pick<Config, 'oidc'>): IdentityClient {
  let found: Promise<oidc.Configuration> | undefined;
  return async () => {
    found ??= discover(settings);
    try {
      return await found;
    } catch (cause) {
      found = undefined;
      throw new RefusalError(refusals.identityDown, { cause });
    }
  };
}

async function discover({ issuer, clientId, clientSecret }: Config['oidc']): Promise<oidc.Configuration> {
  const plain = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  const options = {
    timeout: DISCOVERY_TIMEOUT_SECONDS,
    execute: [...plain, oidc.enableNonRepudiationChecks],
  };
  return oidc.discovery(new URL(issuer), clientId, {}, oidc.ClientSecretBasic(clientSecret), options);
}
