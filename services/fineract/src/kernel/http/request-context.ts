/** From a raw request to who asks for which tenant: tenant, then user, then instance mode. */
import type { FastifyRequest } from 'fastify';
import { type Authenticators, authenticate } from '../authentication/index.ts';
import { ApiError } from '../errors.ts';
import { type InstanceModes, isServed, notServed } from '../instance-mode.ts';
import type { Tenant, Tenants } from '../tenants.ts';
import type { AuthenticatedUser } from '../user.ts';

declare module 'fastify' {
  interface FastifyRequest {
    tenant: Tenant;
    user: AuthenticatedUser;
  }
}

export interface Entry {
  readonly tenants: Tenants;
  readonly authenticators: Authenticators;
  readonly modes: InstanceModes;
}

const TENANT_NAME = /^[A-Za-z0-9_-]{1,100}$/;

/** @throws ApiError 400 when no tenant, or one that nobody registered, is named */
export async function resolveTenant(tenants: Tenants, request: FastifyRequest): Promise<Tenant> {
  const header = request.headers['fineract-platform-tenantid'];
  const named = (typeof header === 'string' ? header.trim() : '') || tenantOfQuery(request);
  const tenant = TENANT_NAME.test(named) ? await tenants.find(named) : null;
  if (tenant) return tenant;
  const message =
    named === ''
      ? 'Name the tenant in the header Fineract-Platform-TenantId.'
      : 'The tenant named in the header Fineract-Platform-TenantId is not known here.';
  throw new ApiError(400, 'error.msg.invalid.tenant.identifier', message);
}

function tenantOfQuery(request: FastifyRequest): string {
  const value = (request.query as Record<string, unknown>)['tenantIdentifier'];
  return typeof value === 'string' ? value : '';
}

/** Runs before every API route; `path` is the route's path below the version. */
export async function enter(
  entry: Entry,
  request: FastifyRequest,
  path: string,
  anonymous: boolean,
): Promise<void> {
  request.tenant = await resolveTenant(entry.tenants, request);
  if (!anonymous) {
    request.user = await authenticate(entry.authenticators, request.tenant, request.headers.authorization);
  }
  if (!isServed(entry.modes, request.method, path)) throw notServed(request.method);
}
