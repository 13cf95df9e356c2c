import { sql } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  pathId,
  requireOfficeScope,
} from '../kernel/index.ts';
import type { NoBody } from './bodies.ts';

interface DeliveryRow {
  id: number;
  status: string;
  client_id: number;
  hierarchy: string;
}

/** Sends a message again that failed, or of which nobody knows whether it went out: an operator has looked. */
export async function retryDelivery(
  { tx, user }: CommandContext,
  input: CommandInput<NoBody>,
): Promise<CommandResult> {
  const id = pathId(input, 'deliveryId', 'notification');
  const row = await tx.rowOrNull<DeliveryRow>(sql`
    select n.id, n.status, n.client_id, o.hierarchy
      from notifications n join clients c on c.id = n.client_id join offices o on o.id = c.office_id
     where n.id = ${id} for update of n`);
  if (!row) throw notFound('notification', id);
  requireOfficeScope(user, row.hierarchy);
  if (row.status !== 'failed' && row.status !== 'uncertain') {
    const message = `Only a message that failed or is uncertain can be sent again; this one is ${row.status}.`;
    throw domainRule('error.msg.notification.not.retryable', message, row.status);
  }
  await tx.execute(sql`
    update notifications set status = 'pending', claimed_by = null, next_attempt_at = now(), give_up_at = default
     where id = ${id}`);
  return { resourceId: id, clientId: row.client_id };
}
