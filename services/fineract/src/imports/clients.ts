import { sql } from '@fineract-gitops/db';
import { createClient } from '../clients/index.ts';
import { type CommandContext, type CommandInput, invalidField } from '../kernel/index.ts';
import type { ImportClients } from './bodies.ts';
import { type ImportedRows, importRows } from './import-rows.ts';
import { officeIds, unknownOffice } from './offices.ts';

export async function importClients(
  context: CommandContext,
  input: CommandInput<ImportClients>,
): Promise<ImportedRows> {
  const { rows } = input.body;
  const offices = await officeIds(
    context,
    rows.map(({ officeExternalId }) => officeExternalId),
  );
  const taken = await takenIds(
    context,
    rows.map(({ externalId }) => externalId),
  );
  const genders = await genderIds(context);
  return importRows(
    context,
    rows,
    ({ externalId }) => taken.has(externalId),
    async ({ officeExternalId, gender, ...client }) => {
      const officeId = offices.get(officeExternalId);
      if (officeId === undefined) throw unknownOffice('officeExternalId', officeExternalId);
      const genderId = gender ? genders.get(gender) : undefined;
      if (gender && genderId === undefined) throw unknownGender(gender);
      const active = client.activationDate !== undefined;
      const body = { ...client, officeId, genderId, active, submittedOnDate: client.activationDate };
      const { resourceId } = await createClient(context, { ...input, body: { ...NOT_IMPORTED, ...body } });
      return resourceId as number;
    },
  );
}

/** Fields of a client that a row does not carry. */
const NOT_IMPORTED = { accountNo: undefined, staffId: undefined };

async function takenIds({ tx }: CommandContext, externalIds: readonly string[]): Promise<Set<string>> {
  const clients = await tx.rows<{ external_id: string }>(
    sql`select external_id from clients where external_id = any(${externalIds}::text[])`,
  );
  return new Set(clients.map(({ external_id }) => external_id));
}

async function genderIds({ tx }: CommandContext): Promise<Map<string, number>> {
  const values = await tx.rows<{ id: number; name: string }>(sql`
    select v.id, v.name from code_values v join codes c on c.id = v.code_id where c.name = 'Gender' and v.active`);
  return new Map(values.map(({ id, name }) => [name, id]));
}

function unknownGender(gender: string) {
  return invalidField(
    'client',
    'gender',
    'does.not.exist',
    `The code Gender has no value ${gender}. Add it to the codes first.`,
    gender,
  );
}
