/** What changes codes and their values. Codes that the program looks up by name keep their names. */
import { sql, type Transaction } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  dataIntegrity,
  domainRule,
  notFound,
  pathId,
  type RouteInput,
  refuseInUse,
  refuseTaken,
} from '../../kernel/index.ts';
import type { CodeFields, CreateCodeValue, UpdateCodeValue } from '../bodies.ts';
import { type Code, requireCode } from '../queries/codes.ts';

const COLLISIONS = {
  code_name_unique: ['error.msg.code.duplicate.name', 'name', 'A code with this name exists.'],
  code_value_label_unique: [
    'error.msg.code.value.duplicate.label',
    'name',
    'The code has a value with this name.',
  ],
} as const;

const inUse = () => dataIntegrity('error.msg.codeValue.in.use', 'codeValueId', 'This code value is in use.');

export async function createCode(
  { tx }: CommandContext,
  { body }: CommandInput<CodeFields>,
): Promise<CommandResult> {
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`insert into codes (name) values (${body.name}) returning id`),
  );
  return { resourceId: id };
}

export async function updateCode(
  { tx }: CommandContext,
  input: CommandInput<CodeFields>,
): Promise<CommandResult> {
  const code = await requireOwnCode(tx, input);
  const { next, changes } = applyChanges({ name: code.name }, input.body);
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`update codes set name = ${next.name} where id = ${code.id}`),
  );
  return { resourceId: code.id, changes };
}

export async function deleteCode({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const code = await requireOwnCode(tx, input);
  await refuseInUse(inUse, () => tx.execute(sql`delete from codes where id = ${code.id}`));
  return { resourceId: code.id };
}

async function requireOwnCode(tx: Transaction, input: RouteInput): Promise<Code> {
  const code = await requireCode(tx, input);
  if (!code.systemDefined) return code;
  throw domainRule(
    'error.msg.code.systemdefined',
    'This code is defined by the system: its values may change, it may not.',
  );
}

export async function createCodeValue(
  { tx }: CommandContext,
  input: CommandInput<CreateCodeValue>,
): Promise<CommandResult> {
  const code = await requireCode(tx, input);
  const { body } = input;
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`
      insert into code_values (code_id, name, description, position, active, mandatory)
      values (${code.id}, ${body.name}, ${body.description || null}, ${body.position ?? 0}, ${body.isActive ?? true},
              ${body.isMandatory ?? false})
      returning id`),
  );
  return { resourceId: code.id, subResourceId: id };
}

interface ValueFields {
  name: string;
  description: string | null;
  position: number;
  isActive: boolean;
  isMandatory: boolean;
}

export async function updateCodeValue(
  { tx }: CommandContext,
  input: CommandInput<UpdateCodeValue>,
): Promise<CommandResult> {
  const code = await requireCode(tx, input);
  const valueId = pathId(input, 'codeValueId', 'codevalue');
  const current = await tx.rowOrNull<ValueFields>(sql`
    select name, description, position, active as "isActive", mandatory as "isMandatory"
      from code_values where id = ${valueId} and code_id = ${code.id} for update`);
  if (!current) throw notFound('codevalue', valueId);
  const { next, changes } = applyChanges(current, input.body);
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update code_values
         set name = ${next.name}, description = ${next.description}, position = ${next.position},
             active = ${next.isActive}, mandatory = ${next.isMandatory}
       where id = ${valueId}`),
  );
  return { resourceId: valueId, changes };
}

export async function deleteCodeValue({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const code = await requireCode(tx, input);
  const valueId = pathId(input, 'codeValueId', 'codevalue');
  const deleted = await refuseInUse(inUse, () =>
    tx.execute(sql`delete from code_values where id = ${valueId} and code_id = ${code.id}`),
  );
  if (deleted === 0) throw notFound('codevalue', valueId);
  return { resourceId: code.id, subResourceId: valueId };
}
