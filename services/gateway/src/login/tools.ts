import type { Config } from '../config.ts';
import type { KeySource, TokenVerifier } from '../identity/access-tokens.ts';
import type { IdentityClient } from '../identity/client.ts';
import type { SessionManager } from '../sessions/manager.ts';
import type { Seal } from '../sessions/seal.ts';

/** What signing in and out needs. */
export type LoginTools = {
  config: Config;
  identity: IdentityClient;
  keys: KeySource;
  verifyToken: TokenVerifier;
  sessions: SessionManager;
  seal: Seal;
};

export const CALLBACK_PATH = '/auth/callback';

/** The addresses the browser's forms may end up at: ours and the identity service's. */
export function formTargets({ oidc }: Config): string[] {
  return [new URL(oidc.issuer).origin];
}
