/**
 * The one way in for reads: permission, cache, the read itself, office scope, `fields`, `pretty`, ETag. A cached entry
 * carries the office it belongs to, so that nobody is served what their scope would not let them read.
 */
import { hash } from 'node:crypto';
import { counter } from '@fineract-gitops/telemetry';
import { cacheKeyOf } from './command.ts';
import { type AnyQuery, type RouteInput, Scoped, Stream } from './domain.ts';
import { type JsonObject, parseJsonBody, readBody } from './fields/index.ts';
import type { Resources } from './resources.ts';
import type { Tenant } from './tenants.ts';
import { type AuthenticatedUser, requireOfficeScope, requirePermission } from './user.ts';

export interface QueryRequest extends RouteInput {
  readonly tenant: Tenant;
  readonly user: AuthenticatedUser;
  /** Empty unless reading is a POST. */
  readonly bodyText: string;
}

export interface QueryOutcome {
  readonly body: string | Stream;
  /** Absent for streams, which nobody has read to their end yet. */
  readonly etag?: string;
  /** Whether the cache served it; absent for reads that are never cached. */
  readonly cache?: 'hit' | 'miss' | 'bypass';
}

const CACHE_TTL_SECONDS = 300;

const cacheRequestsTotal = counter({
  name: 'fineract_cache_requests_total',
  help: 'Reads that may be cached, by entity and whether the cache had them',
  labelNames: ['entity', 'result'],
});

export async function runQuery(
  resources: Resources,
  declaration: AnyQuery,
  request: QueryRequest,
): Promise<QueryOutcome> {
  if (declaration.permission !== null) requirePermission(request.user, declaration.permission);
  const key = declaration.cacheKey?.(request) ?? null;
  const answer =
    key === null
      ? await readScoped(resources, declaration, request)
      : await readCached(resources, declaration, request, key);
  if (answer.body instanceof Stream) return { body: answer.body };
  const body = shaped(answer.body, request.query);
  return { body, etag: etagOf(body), ...(answer.cache ? { cache: answer.cache } : {}) };
}

interface Answer<Body = string> {
  readonly body: Body;
  readonly officeHierarchy: string | null;
  readonly cache?: 'hit' | 'miss' | 'bypass';
}

async function readScoped(
  resources: Resources,
  declaration: AnyQuery,
  request: QueryRequest,
): Promise<Answer<string | Stream>> {
  const { tenant, user } = request;
  const context = { db: tenant.db, tenant, user, businessDate: () => resources.memory.businessDate(tenant) };
  const { params, query } = request;
  const result = await declaration.run(context, { params, query, body: readQueryBody(declaration, request) });
  if (result instanceof Stream) return { body: result, officeHierarchy: null };
  if (!(result instanceof Scoped)) return { body: JSON.stringify(result), officeHierarchy: null };
  requireOfficeScope(user, result.officeHierarchy);
  return { body: JSON.stringify(result.body), officeHierarchy: result.officeHierarchy };
}

function readQueryBody({ body }: AnyQuery, { bodyText }: QueryRequest) {
  if (!body) return {};
  return readBody(body, bodyText === '' ? {} : (parseJsonBody(bodyText) as JsonObject));
}

async function readCached(
  resources: Resources,
  declaration: AnyQuery,
  request: QueryRequest,
  key: string,
): Promise<Answer<string | Stream>> {
  const cacheKey = cacheKeyOf(request.tenant, key);
  const entity = key.slice(0, key.indexOf(':'));
  const begun = await resources.cache.begin(cacheKey);
  if (begun.hit !== null) {
    const { officeHierarchy, body } = fromEntry(begun.hit);
    requireOfficeScope(request.user, officeHierarchy);
    cacheRequestsTotal.inc({ entity, result: 'hit' });
    return { body, officeHierarchy, cache: 'hit' };
  }
  const cache = begun.generation === null ? 'bypass' : 'miss';
  cacheRequestsTotal.inc({ entity, result: cache });
  const answer = await readScoped(resources, declaration, request);
  if (begun.generation !== null && answer.officeHierarchy !== null && typeof answer.body === 'string') {
    await resources.cache.store(
      cacheKey,
      begun.generation,
      toEntry(answer.officeHierarchy, answer.body),
      CACHE_TTL_SECONDS,
    );
  }
  return { ...answer, cache };
}

// An entry is the office's hierarchy, a line break, the body: no parsing on a hit.
function toEntry(officeHierarchy: string, body: string): string {
  return `${officeHierarchy}\n${body}`;
}

function fromEntry(entry: string): { officeHierarchy: string; body: string } {
  const end = entry.indexOf('\n');
  return { officeHierarchy: entry.slice(0, end), body: entry.slice(end + 1) };
}

function shaped(body: string, query: RouteInput['query']): string {
  const fields = query['fields'];
  const pretty = query['pretty'] === 'true';
  if (!fields && !pretty) return body;
  const value: unknown = JSON.parse(body, exactNumbers as Parameters<typeof JSON.parse>[1]);
  const names = fields ? new Set(fields.split(',').map((name) => name.trim())) : null;
  return JSON.stringify(names ? onlyFields(value, names) : value, null, pretty ? 2 : undefined);
}

/** Keeps the named fields at every depth, as Fineract's partial responses do. */
function onlyFields(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => onlyFields(each, names));
  if (value === null || typeof value !== 'object' || 'rawJSON' in value) return value;
  const kept = Object.entries(value)
    .filter(([name]) => names.has(name) || name === 'pageItems' || name === 'totalFilteredRecords')
    .map(([name, inner]) => [name, name === 'pageItems' ? onlyFields(inner, names) : inner]);
  return Object.fromEntries(kept);
}

/** Shaping must not turn an exact decimal into a float on the way. */
function exactNumbers(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value;
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(context.source);
}

function etagOf(body: string): string {
  return `"${hash('sha1', body, 'base64url')}"`;
}
