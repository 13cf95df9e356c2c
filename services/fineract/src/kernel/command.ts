/**
 * The one way in for writes. Guards in a stated order, then one change:
 *   1 permission   2 body (all problems at once)   3 one transaction: idempotency claim, the change, audit row, event,
 *   stored outcome   4 after the commit: cache invalidation, wake the relay.
 * Permission comes before the body, as in Fineract: who may not do a thing learns nothing about how to ask for it.
 */
import { isRetryable, type Transaction } from '@fineract-gitops/db';
import { counter } from '@fineract-gitops/telemetry';
import { recordChange } from './audit.ts';
import type { AnyCommand, CommandResult, FollowUp, RouteInput } from './domain.ts';
import { ApiError, conflict } from './errors.ts';
import { type JsonObject, parseJsonBody, readBody } from './fields/index.ts';
import { redactSecrets } from './fields/redact.ts';
import {
  checkIdempotencyKey,
  claimKey,
  hashRequest,
  type IdempotencyClaim,
  type StoredOutcome,
  storeOutcome,
  storeRefusal,
} from './idempotency.ts';
import type { Resources } from './resources.ts';
import type { Tenant } from './tenants.ts';
import { type AuthenticatedUser, requirePermission } from './user.ts';

export interface CommandRequest extends RouteInput {
  readonly tenant: Tenant;
  readonly user: AuthenticatedUser;
  /** Path and query as they came, for the audit log. */
  readonly url: string;
  readonly bodyText: string;
  readonly idempotencyKey: string | undefined;
  readonly requestId: string | null;
}

export interface CommandOutcome extends StoredOutcome {
  readonly result: CommandResult | null;
  /** Whether the outcome of an earlier, same request was repeated. */
  readonly repeated: boolean;
  readonly followUps: readonly FollowUp[];
}

const commandsTotal = counter({
  name: 'fineract_commands_total',
  help: 'Writes by action, entity and outcome',
  labelNames: ['action', 'entity', 'outcome'],
});

const ATTEMPTS_MAX = 3;
const RETRY_DELAY_MS = 50;

/** Runs one write; every refusal is an ApiError and has changed nothing. */
export async function runCommand(
  resources: Resources,
  declaration: AnyCommand,
  request: CommandRequest,
): Promise<CommandOutcome> {
  const { action, entity } = declaration;
  try {
    const outcome = await guardedRun(resources, declaration, request);
    commandsTotal.inc({ action, entity, outcome: outcome.repeated ? 'repeated' : 'done' });
    return outcome;
  } catch (error) {
    commandsTotal.inc({ action, entity, outcome: error instanceof ApiError ? 'refused' : 'failed' });
    throw error;
  }
}

async function guardedRun(resources: Resources, declaration: AnyCommand, request: CommandRequest) {
  const { user } = request;
  if (!declaration.allowedToSelf?.(user, request)) {
    requirePermission(user, `${declaration.action}_${declaration.entity}`);
  }
  const claim = claimOf(declaration, request);
  try {
    const json = request.bodyText === '' ? {} : (parseJsonBody(request.bodyText) as JsonObject);
    const body = readBody(declaration.body, json);
    const outcome = await withRetries(() =>
      runInTransaction(resources, declaration, request, claim, { json, body }),
    );
    if (!outcome.repeated) await afterCommit(resources, declaration, request, outcome);
    return outcome;
  } catch (error) {
    if (claim && error instanceof ApiError && isFinalRefusal(error))
      await storeRefusal(request.tenant.db, claim, error);
    throw error;
  }
}

function claimOf(declaration: AnyCommand, request: CommandRequest): IdempotencyClaim | null {
  if (request.idempotencyKey === undefined) return null;
  return {
    key: checkIdempotencyKey(request.idempotencyKey),
    action: declaration.action,
    entity: declaration.entity,
    userId: request.user.id,
    requestHash: hashRequest(request.url, request.bodyText),
  };
}

interface ReadInput {
  readonly json: JsonObject;
  readonly body: object;
}

async function runInTransaction(
  resources: Resources,
  declaration: AnyCommand,
  request: CommandRequest,
  claim: IdempotencyClaim | null,
  input: ReadInput,
): Promise<CommandOutcome> {
  const { tenant, user, params, query } = request;
  const businessDate = await resources.memory.businessDate(tenant);
  return tenant.db.transaction(async (tx) => {
    const stored = claim && (await claimKey(tx, claim));
    if (stored) return { ...stored, result: null, repeated: true, followUps: [] };
    const followUps: FollowUp[] = [];
    const afterCommit = (work: FollowUp) => void followUps.push(work);
    const context = { tx, tenant, user, businessDate, afterCommit };
    const result = await declaration.run(context, {
      params,
      query,
      json: input.json,
      body: input.body as never,
    });
    await record(tx, declaration, request, input.json, result);
    const outcome = { status: 200, body: JSON.stringify(result), result, repeated: false, followUps };
    if (claim) await storeOutcome(tx, claim, outcome);
    return outcome;
  });
}

async function record(
  tx: Transaction,
  declaration: AnyCommand,
  request: CommandRequest,
  json: JsonObject,
  result: CommandResult,
): Promise<void> {
  const aggregateId = declaration.aggregateId?.(result) ?? result.resourceId;
  const type = typeof declaration.event === 'string' ? declaration.event : declaration.event(result);
  await recordChange(
    tx,
    {
      action: declaration.action,
      entity: declaration.entity,
      makerId: request.user.id,
      url: request.url,
      command: redactSecrets(declaration.body.fields, json),
      result,
      idempotencyKey: request.idempotencyKey ?? null,
      requestId: request.requestId,
    },
    {
      type,
      aggregateType: type.slice(0, type.indexOf('.')),
      aggregateId: String(aggregateId ?? ''),
      data: redactSecrets(declaration.body.fields, result as JsonObject),
      cacheKeys: declaration.invalidates?.(result) ?? [],
    },
  );
}

async function afterCommit(
  resources: Resources,
  declaration: AnyCommand,
  { tenant }: CommandRequest,
  { result, followUps }: CommandOutcome,
): Promise<void> {
  if (declaration.changesMemory) resources.memory.forget(tenant);
  if (result) declaration.committed?.(result);
  const keys = result ? (declaration.invalidates?.(result) ?? []) : [];
  // A failure here is not the client's: the change is committed, and the relay invalidates again from the outbox.
  if (keys.length > 0)
    await resources.cache.invalidate(keys.map((key) => cacheKeyOf(tenant, key))).catch(() => false);
  for (const work of followUps) {
    await work(resources)?.catch((err) => resources.logger.error({ err }, 'what follows a write failed'));
  }
  resources.wakeRelay();
}

/** The default tenant's keys are plain (`clients:123`); other tenants' carry their name. */
export function cacheKeyOf(tenant: Pick<Tenant, 'identifier'>, key: string): string {
  return tenant.identifier === 'default' ? key : `${tenant.identifier}:${key}`;
}

/** Deadlocks and lock timeouts are nobody's fault: the whole transaction runs again, nothing of it had happened. */
async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (attempt === ATTEMPTS_MAX) throw conflict('concurrent.change');
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * attempt));
    }
  }
}

/** Refusals that would come again for the same request; a conflict, a missing permission or a reused key may not. */
function isFinalRefusal(error: ApiError): boolean {
  return (
    [400, 404].includes(error.status) || (error.status === 403 && error.code !== 'error.msg.not.authorized')
  );
}
