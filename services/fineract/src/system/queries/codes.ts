/** The bank's own lists: codes and their values. */
import { type Queryable, sql } from '@fineract-gitops/db';
import {
  invalidField,
  notFound,
  pathId,
  type QueryContext,
  type RouteInput,
  withoutNulls,
} from '../../kernel/index.ts';

export interface Code {
  readonly id: number;
  readonly name: string;
  readonly systemDefined: boolean;
}

interface CodeValue {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly position: number;
  readonly active: boolean;
  readonly mandatory: boolean;
}

const codeColumns = sql`id, name, system_defined as "systemDefined" from codes`;
const valueColumns = sql`v.id, v.name, v.description, v.position, v.active, v.mandatory from code_values v`;

export async function listCodes({ db }: QueryContext): Promise<unknown> {
  return db.rows<Code>(sql`select ${codeColumns} order by name`);
}

export async function readCode({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  return requireCode(db, input);
}

export async function listCodeValues({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const code = await requireCode(db, input);
  const values = await db.rows<CodeValue>(
    sql`select ${valueColumns} where v.code_id = ${code.id} order by v.position, v.id`,
  );
  return values.map(withoutNulls);
}

export async function readCodeValue({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const code = await requireCode(db, input);
  const valueId = pathId(input, 'codeValueId', 'codevalue');
  const value = await db.rowOrNull<CodeValue>(
    sql`select ${valueColumns} where v.id = ${valueId} and v.code_id = ${code.id}`,
  );
  if (!value) throw notFound('codevalue', valueId);
  return withoutNulls(value);
}

/** @throws ApiError 404 */
export async function requireCode(db: Queryable, input: RouteInput): Promise<Code> {
  const codeId = pathId(input, 'codeId', 'code');
  const code = await db.rowOrNull<Code>(sql`select ${codeColumns} where id = ${codeId}`);
  if (!code) throw notFound('code', codeId, 'error.msg.code.identifier.not.found');
  return code;
}

/** Active values of a code by its name (`Gender`), as templates of other screens list them. */
export async function codeValueOptions(db: Queryable, codeName: string): Promise<Partial<CodeValue>[]> {
  const values = await db.rows<CodeValue>(sql`
    select ${valueColumns} join codes c on c.id = v.code_id
     where c.name = ${codeName} and v.active order by v.position, v.id`);
  return values.map(withoutNulls);
}

/** @throws ApiError 400 when the value that a field names is no active value of its code */
export async function requireCodeValue(
  db: Queryable,
  codeName: string,
  valueId: number,
  field: { readonly resource: string; readonly parameter: string },
): Promise<CodeValue> {
  const value = await db.rowOrNull<CodeValue>(sql`
    select ${valueColumns} join codes c on c.id = v.code_id
     where c.name = ${codeName} and v.active and v.id = ${valueId}`);
  if (value) return value;
  const message = `The parameter ${field.parameter} is not an active value of the code ${codeName}.`;
  throw invalidField(
    field.resource,
    field.parameter,
    'is.not.one.of.expected.enumerations',
    message,
    valueId,
  );
}
