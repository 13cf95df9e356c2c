import { sql } from '@fineract-gitops/db';
import { type CommandContext, type CommandInput, invalidField } from '../kernel/index.ts';
import { createOffice } from '../organisation/index.ts';
import type { ImportOffices } from './bodies.ts';
import { type ImportedRows, importRows } from './import-rows.ts';

/** Parents have to stand before their children, or be there already. */
export async function importOffices(
  context: CommandContext,
  input: CommandInput<ImportOffices>,
): Promise<ImportedRows> {
  const { rows } = input.body;
  const named = rows.flatMap(({ externalId, parentExternalId }) => [
    externalId,
    parentExternalId ?? externalId,
  ]);
  const idByExternalId = await officeIds(context, named);
  const taken = new Set(idByExternalId.keys());
  return importRows(
    context,
    rows,
    ({ externalId }) => taken.has(externalId),
    async ({ externalId, name, openingDate, parentExternalId }) => {
      const parentId = parentExternalId ? idByExternalId.get(parentExternalId) : context.user.officeId;
      if (parentId === undefined) throw unknownOffice('parentExternalId', parentExternalId);
      const body = { name, openingDate, externalId, parentId };
      const { resourceId } = await createOffice(context, { ...input, body });
      idByExternalId.set(externalId, resourceId as number);
      return resourceId as number;
    },
  );
}

/** Ids of the offices that have one of these external ids. */
export async function officeIds(
  { tx }: CommandContext,
  externalIds: readonly string[],
): Promise<Map<string, number>> {
  const offices = await tx.rows<{ id: number; external_id: string }>(
    sql`select id, external_id from offices where external_id = any(${[...new Set(externalIds)]}::text[])`,
  );
  return new Map(offices.map(({ id, external_id }) => [external_id, id]));
}

export function unknownOffice(parameter: string, externalId: string | undefined) {
  return invalidField(
    'office',
    parameter,
    'does.not.exist',
    `There is no office with the external id ${externalId}.`,
    externalId,
  );
}
