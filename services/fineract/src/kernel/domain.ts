/**
 * What a domain offers to the kernel. A write is declared once as a command, a read once as a query; routes, permissions,
 * audit, events, idempotency, cache and OpenAPI follow from the declaration.
 */
import type { LocalDate } from '@fineract-gitops/dates';
import type { Queryable, Transaction } from '@fineract-gitops/db';
import type { ResultReference } from './audit.ts';
import { notFound } from './errors.ts';
import type { BodySchema, Fields, ValuesOf } from './fields/index.ts';
import type { Job } from './jobs/job.ts';
import type { Resources } from './resources.ts';
import type { Tenant } from './tenants.ts';
import type { AuthenticatedUser } from './user.ts';

export interface Domain {
  readonly name: string;
  readonly commands?: readonly AnyCommand[];
  readonly queries?: readonly AnyQuery[];
  readonly jobs?: readonly Job[];
  /** Permissions that no command or query names (`ALL_FUNCTIONS`). */
  readonly extraPermissions?: readonly PermissionDeclaration[];
}

export interface PermissionDeclaration {
  readonly grouping: string;
  readonly code: string;
  readonly entity: string;
  readonly action: string;
}

/** The values between the slashes of a path, and after its question mark. */
export interface RouteInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** What a write works with. Everything it changes goes through `tx`. */
export interface CommandContext {
  readonly tx: Transaction;
  readonly tenant: Tenant;
  readonly user: AuthenticatedUser;
  readonly businessDate: LocalDate;
  /** Adds what is done once the change is committed, and not at all if it is not. It fails by itself, not the write. */
  readonly afterCommit: (work: FollowUp) => void;
}

/** What cannot be an event, for it must not be stored: a new password on its way to the identity provider. */
export type FollowUp = (resources: Resources) => Promise<void> | undefined;

export interface CommandInput<F extends Fields> extends RouteInput {
  readonly body: ValuesOf<F>;
  /** The body as it was sent, for echoing `changes` and telling "absent" from "empty". */
  readonly json: Readonly<Record<string, unknown>>;
}

/** What a write answers: Fineract's command result, absent fields left out. */
export interface CommandResult extends ResultReference {
  readonly resourceIdentifier?: string | undefined;
  readonly resourceExternalId?: string | null | undefined;
  readonly changes?: Readonly<Record<string, unknown>> | undefined;
}

export interface Command<F extends Fields> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** Below the API's base: `/clients/:clientId`. */
  readonly path: string;
  /** The value of `?command=` that selects this command, compared without regard to case. */
  readonly command?: string;
  /** With the entity it makes the permission: `ACTIVATE_CLIENT`. */
  readonly action: string;
  readonly entity: string;
  /** Permission group, as Fineract lists it (`portfolio`, `accounting`, `authorisation` …). */
  readonly grouping: string;
  readonly summary: string;
  readonly body: BodySchema<F>;
  /** The event's type, `client.activated`; its first word is the aggregate's type. */
  readonly event: string | ((result: CommandResult) => string);
  /** Whose order the event belongs to; the resource's id unless said otherwise. */
  readonly aggregateId?: (result: CommandResult) => number | string | undefined;
  /** Whether the result is a new resource under the request's path: 201 + Location on `/api/v1`. */
  readonly creates?: boolean;
  /** The work goes on after the answer: 202 without a body. */
  readonly accepted?: {
    /** Below the API's base, where the state of the work can be read. */
    readonly location?: (result: CommandResult) => string;
  };
  /** Cached entries that the change makes stale. */
  readonly invalidates?: (result: CommandResult) => readonly string[];
  /** Whether users, permissions or the business date change, which instances remember for a moment. */
  readonly changesMemory?: boolean;
  /** Largest body in bytes where the server's default is too small (bulk import). */
  readonly bodyLimitBytes?: number;
  /** Users may do this to their own record without the permission (their password). */
  readonly allowedToSelf?: (user: AuthenticatedUser, input: RouteInput) => boolean;
  readonly run: (context: CommandContext, input: CommandInput<F>) => Promise<CommandResult>;
  /** Called once the change is committed, for counters: a transaction that is run again must not count twice. */
  readonly committed?: (result: CommandResult) => void;
}

// A list of commands holds bodies of many types; each one's own type was checked where it was declared.
export type AnyCommand = Command<Fields>;

export function command<F extends Fields>(declaration: Command<F>): AnyCommand {
  return declaration as unknown as AnyCommand;
}

/** What a read works with. */
export interface QueryContext {
  readonly db: Queryable;
  readonly tenant: Tenant;
  readonly user: AuthenticatedUser;
  readonly businessDate: () => Promise<LocalDate>;
}

export interface QueryInput<F extends Fields> extends RouteInput {
  /** What was sent, where reading is a POST; otherwise empty. */
  readonly body: ValuesOf<F>;
}

export interface Query<F extends Fields = Fields> {
  /** A search whose terms are too many for a URL is a POST that changes nothing. */
  readonly method?: 'GET' | 'POST';
  /** Below which base path; Fineract has few operations in its second version. */
  readonly version?: 'v1' | 'v2';
  readonly body?: BodySchema<F>;
  readonly path: string;
  readonly summary: string;
  readonly grouping: string;
  /** `READ_CLIENT`; `null` when any user who is logged in may ask. */
  readonly permission: string | null;
  /** Names of query parameters that OpenAPI lists. */
  readonly parameters?: readonly string[];
  /** Cached whole by this key; only for answers that depend on nothing but the key and the office scope. */
  readonly cacheKey?: (input: RouteInput) => string | null;
  /** Answers a value, a `Scoped` one, or a `Stream`. */
  readonly run: (context: QueryContext, input: QueryInput<F>) => Promise<unknown>;
}

// As with commands: a list of queries holds bodies of many types.
export type AnyQuery = Query;

export function query<F extends Fields = Record<never, never>>(declaration: Query<F>): AnyQuery {
  return declaration as unknown as AnyQuery;
}

/** An answer too long to be held whole: sent piece by piece as it is read. */
export class Stream {
  readonly contentType: string;
  readonly pieces: AsyncIterable<string>;
  constructor(contentType: string, pieces: AsyncIterable<string>) {
    this.contentType = contentType;
    this.pieces = pieces;
  }
}

/** An answer that belongs to an office: the read path checks the scope and may cache it. */
export class Scoped {
  readonly officeHierarchy: string;
  readonly body: unknown;
  constructor(officeHierarchy: string, body: unknown) {
    this.officeHierarchy = officeHierarchy;
    this.body = body;
  }
}

/**
 * The numeric id at a place of the path.
 *
 * @throws ApiError 404 when it is no id: nothing can be found under it
 */
export function pathId(input: RouteInput, name: string, entity: string): number {
  const text = input.params[name] ?? '';
  if (!/^\d{1,15}$/.test(text)) throw notFound(entity, text.slice(0, 40));
  return Number(text);
}
