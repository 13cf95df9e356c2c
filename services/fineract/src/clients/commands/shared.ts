/** What the changes of a client share: the row lock that every decision is made under, and checks of what it points to. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandResult,
  domainRule,
  notFound,
  type RouteInput,
  requireOfficeScope,
} from '../../kernel/index.ts';
import { requireStaffServing } from '../../organisation/index.ts';
import { requireCodeValue } from '../../system/index.ts';
import { clientIdOf } from '../queries/clients.ts';
import { ClientStatus } from '../rules.ts';

/** Names the field whose value is taken, in Fineract's codes. */
export const COLLISIONS = {
  client_external_id_unique: [
    'error.msg.client.duplicate.externalId',
    'externalId',
    'A client with this external id exists.',
  ],
  client_account_no_unique: [
    'error.msg.client.duplicate.accountNo',
    'accountNo',
    'A client with this account number exists.',
  ],
  client_mobile_no_unique: [
    'error.msg.client.duplicate.mobileNo',
    'mobileNo',
    'A client with this mobile number exists.',
  ],
} as const;

export interface LockedClient {
  readonly id: number;
  readonly officeId: number;
  readonly hierarchy: string;
  readonly officeOpenedOn: LocalDate;
  readonly status: number;
  readonly staffId: number | null;
  readonly submittedOn: LocalDate;
  readonly activatedOn: LocalDate | null;
  readonly closedOn: LocalDate | null;
}

/** The client that a path names by number or external id, locked until the end of the change. */
export async function lockClient({ tx, user }: CommandContext, input: RouteInput): Promise<LockedClient> {
  const clientId = await clientIdOf(tx, input);
  const client = await tx.rowOrNull<LockedClient>(sql`
    select c.id, c.office_id as "officeId", o.hierarchy, o.opening_date as "officeOpenedOn", c.status,
           c.staff_id as "staffId", c.submitted_on as "submittedOn", c.activated_on as "activatedOn",
           c.closed_on as "closedOn"
      from clients c join offices o on o.id = c.office_id
     where c.id = ${clientId} for update of c`);
  if (!client) throw notFound('client', clientId);
  requireOfficeScope(user, client.hierarchy);
  return client;
}

/** @throws ApiError 403 for a client whose life at the bank has ended */
export function requireNotEnded({ id, status }: LockedClient): void {
  if (status === ClientStatus.pending || status === ClientStatus.active) return;
  throw domainRule('error.msg.client.closed', 'The client is closed, rejected or withdrawn.', id);
}

interface References {
  readonly staffId?: number | null | undefined;
  readonly genderId?: number | null | undefined;
}

/** @throws ApiError when the staff does not serve the client's office or the gender is none of the bank's list */
export async function checkReferences(
  tx: Transaction,
  officeHierarchy: string,
  { staffId, genderId }: References,
): Promise<void> {
  if (staffId) await requireStaffServing(tx, staffId, officeHierarchy);
  if (genderId) await requireCodeValue(tx, 'Gender', genderId, { resource: 'client', parameter: 'genderId' });
}

export function resultOf(client: LockedClient, changes?: Readonly<Record<string, unknown>>): CommandResult {
  const { id, officeId } = client;
  return { officeId, clientId: id, resourceId: id, ...(changes ? { changes } : {}) };
}
