/** `POST /v2/clients/search`: Fineract's second search, with Spring's page shape and ISO dates. */
import { join, raw, type Sql, sql } from '@fineract-gitops/db';
import { type QueryContext, type QueryInput, withoutNulls } from '../../kernel/index.ts';
import type { SearchClients } from '../bodies.ts';
import { statusOption } from '../rules.ts';

interface FoundRow {
  id: number;
  displayName: string;
  externalId: string | null;
  accountNumber: string;
  officeId: number;
  officeName: string;
  mobileNo: string | null;
  status: number;
  activationDate: string | null;
  createdDate: string;
}

const ORDER_COLUMNS: Readonly<Record<string, string>> = {
  id: 'c.id',
  displayName: 'c.display_name',
  externalId: 'c.external_id',
  accountNumber: 'c.account_no',
  officeId: 'c.office_id',
  officeName: 'o.name',
  mobileNo: 'c.mobile_no',
  status: 'c.status',
  activationDate: 'c.activated_on',
  createdDate: 'c.created_at',
};

const PAGE_SIZE = 50;

export async function searchClients(
  { db, user }: QueryContext,
  { body }: QueryInput<SearchClients>,
): Promise<unknown> {
  const { page: number = 0, size = PAGE_SIZE, sorts = [] } = body;
  const text = body.request?.text || null;
  const pattern = text === null ? null : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const where = sql`
    from clients c join offices o on o.id = c.office_id
   where o.hierarchy like ${`${user.officeHierarchy}%`}
     and (${pattern}::text is null or c.display_name ilike ${pattern} or c.account_no ilike ${pattern}
          or c.external_id ilike ${pattern} or c.mobile_no ilike ${pattern})`;
  const { total } = await db.row<{ total: number }>(sql`select count(*) as total ${where}`);
  const rows = await db.rows<FoundRow>(sql`
    select c.id, c.display_name as "displayName", c.external_id as "externalId", c.account_no as "accountNumber",
           c.office_id as "officeId", o.name as "officeName", c.mobile_no as "mobileNo", c.status,
           c.activated_on as "activationDate",
           to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdDate"
      ${where} order by ${orderBy(sorts)} limit ${size} offset ${number * size}`);
  const content = rows.map((row) => withoutNulls({ ...row, status: statusOption(row.status) }));
  return springPage(content, { number, size, total, sorted: sorts.length > 0 });
}

/** Newest first unless sorted; names come from the body's own list of columns. */
function orderBy(sorts: readonly { property: string; direction?: string | undefined }[]): Sql {
  const columns = sorts.map(({ property, direction }) =>
    raw(`${ORDER_COLUMNS[property] ?? 'c.id'} ${direction?.toLowerCase() === 'desc' ? 'desc' : 'asc'}`),
  );
  return join([...columns, raw('c.id desc')]);
}

interface Position {
  readonly number: number;
  readonly size: number;
  readonly total: number;
  readonly sorted: boolean;
}

function springPage(content: readonly unknown[], { number, size, total, sorted }: Position) {
  const totalPages = Math.ceil(total / size);
  const sort = { sorted, unsorted: !sorted, empty: !sorted };
  return {
    content,
    totalElements: total,
    totalPages,
    number,
    size,
    numberOfElements: content.length,
    first: number === 0,
    last: number >= totalPages - 1,
    empty: content.length === 0,
    sort,
    pageable: {
      pageNumber: number,
      pageSize: size,
      offset: number * size,
      paged: true,
      unpaged: false,
      sort,
    },
  };
}
