import { notAuthenticated } from '../errors.ts';
import type { Tenant } from '../tenants.ts';
import type { AuthenticatedUser } from '../user.ts';
import { type BasicAuthenticator, parseBasic } from './basic.ts';
import { type BearerAuthenticator, parseBearer } from './bearer.ts';

export { type BasicAuthenticator, createBasicAuthenticator } from './basic.ts';
export { type BearerAuthenticator, createBearerAuthenticator } from './bearer.ts';
export { hashPassword, verifyPassword } from './password.ts';

export interface Authenticators {
  /** Absent where Basic is switched off. */
  readonly basic: BasicAuthenticator | null;
  /** Absent where no issuer is configured. */
  readonly bearer: BearerAuthenticator | null;
}

/** @throws ApiError 401 when the Authorization header names nobody who may enter */
export async function authenticate(
  { basic, bearer }: Authenticators,
  tenant: Tenant,
  header: string | undefined,
): Promise<AuthenticatedUser> {
  const token = header === undefined ? null : parseBearer(header);
  if (token !== null && bearer) return bearer.authenticate(tenant, token);
  const credentials = header === undefined ? null : parseBasic(header);
  if (credentials !== null && basic)
    return basic.authenticate(tenant, credentials.username, credentials.password);
  throw notAuthenticated();
}
