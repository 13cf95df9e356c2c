/** What changes offices. The tree's shape changes under one lock, so that no path is ever computed from a stale parent. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  notFound,
  refuseTaken,
  requireOfficeScope,
} from '../../kernel/index.ts';
import type { CreateOffice, UpdateOffice } from '../bodies.ts';
import { officeIdOf, requireOffice } from '../queries/offices.ts';
import { checkNewParent, childHierarchy } from '../rules.ts';

const COLLISIONS = {
  office_name_unique: ['error.msg.office.duplicate.name', 'name', 'An office with this name exists.'],
  office_external_id_unique: [
    'error.msg.office.duplicate.externalId',
    'externalId',
    'An office with this external id exists.',
  ],
} as const;

export async function createOffice(
  { tx, user }: CommandContext,
  { body }: CommandInput<CreateOffice>,
): Promise<CommandResult> {
  const parentId = body.parentId ?? user.officeId;
  // Holds off a move of the parent until this office stands below it.
  await tx.execute(sql`select from offices where id = ${parentId} for update`);
  const parent = await requireOffice(tx, user, parentId);
  const { id } = await tx.row<{ id: number }>(
    sql`select nextval(pg_get_serial_sequence('offices', 'id')) as id`,
  );
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      insert into offices (id, parent_id, hierarchy, name, external_id, opening_date)
      values (${id}, ${parent.id}, ${childHierarchy(parent.hierarchy, id)}, ${body.name}, ${body.externalId || null},
              ${body.openingDate}::date)`),
  );
  return { officeId: id, resourceId: id, resourceExternalId: body.externalId || undefined };
}

interface OfficeFields {
  name: string;
  externalId: string | null;
  openingDate: LocalDate;
  parentId: number | null;
}

export async function updateOffice(
  { tx, user }: CommandContext,
  input: CommandInput<UpdateOffice>,
): Promise<CommandResult> {
  const { body } = input;
  const officeId = await officeIdOf(tx, input);
  // Every writer of offices takes row locks; a move waits for them and they wait for the move.
  if (body.parentId !== undefined) await tx.execute(sql`lock table offices in exclusive mode`);
  const current = await tx.rowOrNull<OfficeFields & { hierarchy: string }>(sql`
    select name, external_id as "externalId", opening_date as "openingDate", parent_id as "parentId", hierarchy
      from offices where id = ${officeId} for update`);
  if (!current) throw notFound('office', officeId);
  requireOfficeScope(user, current.hierarchy);
  const { hierarchy, ...fields } = current;
  const { next, changes } = applyChanges<OfficeFields>(fields, body);
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update offices set name = ${next.name}, external_id = ${next.externalId}, opening_date = ${next.openingDate}::date
       where id = ${officeId}`),
  );
  if (changes['parentId'] !== undefined && body.parentId !== undefined) {
    const parent = await requireOffice(tx, user, body.parentId);
    checkNewParent({ id: officeId, hierarchy, parentId: current.parentId }, parent);
    await moveBranch({ tx }, officeId, hierarchy, parent);
  }
  return { officeId, resourceId: officeId, changes };
}

/** Puts an office and everything below it under another parent. */
async function moveBranch(
  { tx }: Pick<CommandContext, 'tx'>,
  officeId: number,
  hierarchy: string,
  parent: { id: number; hierarchy: string },
): Promise<void> {
  const moved = childHierarchy(parent.hierarchy, officeId);
  await tx.execute(sql`update offices set parent_id = ${parent.id} where id = ${officeId}`);
  await tx.execute(sql`
    update offices set hierarchy = ${moved} || substr(hierarchy, length(${hierarchy}) + 1)
     where hierarchy like ${`${hierarchy}%`}`);
}
