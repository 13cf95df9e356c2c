/** What is read of offices, always within the asker's part of the tree. */
import { type LocalDate, toParts } from '@fineract-gitops/dates';
import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import {
  type AuthenticatedUser,
  dateParts,
  notFound,
  pathId,
  type QueryContext,
  type RouteInput,
  readPaging,
  requireOfficeScope,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';
import { decoratedName } from '../rules.ts';

interface OfficeRow {
  id: number;
  name: string;
  external_id: string | null;
  opening_date: LocalDate;
  hierarchy: string;
  parent_id: number | null;
  parent_name: string | null;
}

const columns = sql`
  o.id, o.name, o.external_id, o.opening_date, o.hierarchy, o.parent_id, p.name as parent_name
  from offices o left join offices p on p.id = o.parent_id`;

const ORDER_COLUMNS = { hierarchy: 'o.hierarchy', id: 'o.id', name: 'o.name', openingDate: 'o.opening_date' };

export async function listOffices({ db, user }: QueryContext, input: RouteInput): Promise<unknown> {
  const { orderBy } = readPaging(input, ORDER_COLUMNS);
  const rows = await db.rows<OfficeRow>(
    sql`select ${columns} where o.hierarchy like ${`${user.officeHierarchy}%`} order by ${orderBy}, o.id`,
  );
  return rows.map(officeBody);
}

export async function readOffice({ db, user }: QueryContext, input: RouteInput): Promise<Scoped> {
  const officeId = await officeIdOf(db, input);
  const row = await db.rowOrNull<OfficeRow>(sql`select ${columns} where o.id = ${officeId}`);
  if (!row) throw notFound('office', officeId);
  const options =
    input.query['template'] === 'true' ? { allowedParents: await allowedParents(db, user, row) } : {};
  return new Scoped(row.hierarchy, { ...officeBody(row), ...options });
}

export async function officeTemplate({ db, user, businessDate }: QueryContext): Promise<unknown> {
  return { openingDate: toParts(await businessDate()), allowedParents: await officeOptions(db, user) };
}

interface OfficeOption {
  readonly id: number;
  readonly name: string;
  readonly nameDecorated: string;
}

/** Offices that the user may choose, as select lists of other screens show them. */
export async function officeOptions(db: Queryable, user: AuthenticatedUser): Promise<OfficeOption[]> {
  return options(db, sql`o.hierarchy like ${`${user.officeHierarchy}%`}`);
}

/** Anywhere in the user's part of the tree but below the office itself. */
function allowedParents(db: Queryable, user: AuthenticatedUser, office: OfficeRow): Promise<OfficeOption[]> {
  return options(
    db,
    sql`o.hierarchy like ${`${user.officeHierarchy}%`} and o.hierarchy not like ${`${office.hierarchy}%`}`,
  );
}

async function options(db: Queryable, where: Sql): Promise<OfficeOption[]> {
  const rows = await db.rows<OfficeRow>(sql`select ${columns} where ${where} order by o.hierarchy`);
  return rows.map(({ id, name, hierarchy }) => ({ id, name, nameDecorated: decoratedName(name, hierarchy) }));
}

/** The office's id from a path that names it by number or by external id. @throws ApiError 404 */
export async function officeIdOf(db: Queryable, input: RouteInput): Promise<number> {
  const externalId = input.params['externalId'];
  if (externalId === undefined) return pathId(input, 'officeId', 'office');
  const row = await db.rowOrNull<{ id: number }>(
    sql`select id from offices where external_id = ${externalId}`,
  );
  if (!row) throw notFound('office', externalId, 'error.msg.office.external.id.invalid');
  return row.id;
}

interface Office {
  readonly id: number;
  readonly name: string;
  readonly hierarchy: string;
  readonly openingDate: LocalDate;
}

/**
 * The office that a request names, when the user may work in it.
 *
 * @throws ApiError 404 when there is none, 403 when it lies outside the user's part of the tree
 */
export async function requireOffice(
  db: Queryable,
  user: AuthenticatedUser,
  officeId: number,
): Promise<Office> {
  const office = await db.rowOrNull<Office>(
    sql`select id, name, hierarchy, opening_date as "openingDate" from offices where id = ${officeId}`,
  );
  if (!office) throw notFound('office', officeId);
  requireOfficeScope(user, office.hierarchy);
  return office;
}

function officeBody(row: OfficeRow) {
  return withoutNulls({
    id: row.id,
    name: row.name,
    nameDecorated: decoratedName(row.name, row.hierarchy),
    externalId: row.external_id,
    openingDate: dateParts(row.opening_date),
    hierarchy: row.hierarchy,
    parentId: row.parent_id,
    parentName: row.parent_name,
  });
}
