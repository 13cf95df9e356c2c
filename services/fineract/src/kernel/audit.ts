/**
 * What a change leaves behind, in its own transaction: one row of the append-only audit log and one outbox event. One
 * statement writes both, for this stands on every write's path.
 */
import { sql, type Transaction } from '@fineract-gitops/db';

export interface AuditEntry {
  readonly action: string;
  readonly entity: string;
  readonly makerId: number;
  readonly url: string;
  /** What was asked, secrets already replaced. */
  readonly command: unknown;
  readonly result: ResultReference;
  readonly idempotencyKey: string | null;
  readonly requestId: string | null;
  readonly jobName?: string;
}

/** The ids that a result and its audit row share. */
export interface ResultReference {
  readonly officeId?: number | undefined;
  readonly clientId?: number | undefined;
  readonly savingsId?: number | undefined;
  readonly productId?: number | undefined;
  readonly resourceId?: number | string | undefined;
  readonly subResourceId?: number | undefined;
  readonly transactionId?: string | undefined;
}

export interface DomainEvent {
  /** `client.created`: aggregate, then what happened. */
  readonly type: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly data: unknown;
  /** Cached entries that this event makes stale. */
  readonly cacheKeys: readonly string[];
}

/** Writes the audit row and the event of one change; answers the audit row's id. */
export async function recordChange(
  tx: Transaction,
  audit: AuditEntry,
  event: DomainEvent | null,
): Promise<number> {
  const { result } = audit;
  const resourceId = result.resourceId === undefined ? null : String(result.resourceId);
  const row = await tx.row<{ id: number }>(sql`
    with event as (
      insert into outbox_events (type, aggregate_type, aggregate_id, data, cache_keys)
      select ${event?.type ?? null}, ${event?.aggregateType ?? null}, ${event?.aggregateId ?? null},
             ${event ? JSON.stringify(event.data) : null}::jsonb, ${event?.cacheKeys ?? []}::text[]
       where ${event !== null}::boolean)
    insert into audit_log (action_name, entity_name, maker_id, url, command, office_id, client_id, savings_account_id,
                           product_id, resource_id, sub_resource_id, transaction_id, idempotency_key, request_id, job_name)
    values (${audit.action}, ${audit.entity}, ${audit.makerId}, ${audit.url}, ${JSON.stringify(audit.command)}::jsonb,
            ${result.officeId ?? null}, ${result.clientId ?? null}, ${result.savingsId ?? null},
            ${result.productId ?? null}, ${resourceId}, ${result.subResourceId ?? null}, ${result.transactionId ?? null},
            ${audit.idempotencyKey}, ${audit.requestId}, ${audit.jobName ?? null})
    returning id`);
  return row.id;
}
