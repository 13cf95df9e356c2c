/** What is read of closed periods. */
import { sql } from '@fineract-gitops/db';
import {
  dateParts,
  notFound,
  pathId,
  type QueryContext,
  queryInteger,
  type RouteInput,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';

interface ClosureRow {
  id: number;
  office_id: number;
  office_name: string;
  office_hierarchy: string;
  closing_date: string;
  comments: string | null;
  created_by: number;
  created_by_name: string;
  created_on: string;
  updated_by: number;
  updated_by_name: string;
  updated_on: string;
}

const select = sql`
  select c.id, c.office_id, o.name as office_name, o.hierarchy as office_hierarchy, c.closing_date, c.comments,
         c.created_by, creator.username as created_by_name, c.created_at::date as created_on,
         c.updated_by, updater.username as updated_by_name, c.updated_at::date as updated_on
    from gl_closures c
    join offices o on o.id = c.office_id
    join users creator on creator.id = c.created_by
    join users updater on updater.id = c.updated_by`;

export async function listClosures({ db, user }: QueryContext, input: RouteInput): Promise<unknown> {
  const officeId = queryInteger(input, 'officeId');
  const rows = await db.rows<ClosureRow>(sql`
    ${select} where o.hierarchy like ${`${user.officeHierarchy}%`} and (${officeId}::bigint is null or c.office_id = ${officeId})
     order by c.closing_date desc, c.id`);
  return rows.map(closureBody);
}

export async function readClosure({ db }: QueryContext, input: RouteInput): Promise<Scoped> {
  const id = pathId(input, 'glClosureId', 'glclosure');
  const row = await db.rowOrNull<ClosureRow>(sql`${select} where c.id = ${id}`);
  if (!row) throw notFound('glclosure', id);
  return new Scoped(row.office_hierarchy, closureBody(row));
}

function closureBody(row: ClosureRow) {
  return withoutNulls({
    id: row.id,
    officeId: row.office_id,
    officeName: row.office_name,
    closingDate: dateParts(row.closing_date),
    deleted: false,
    createdDate: dateParts(row.created_on),
    lastUpdatedDate: dateParts(row.updated_on),
    createdByUserId: row.created_by,
    createdByUsername: row.created_by_name,
    lastUpdatedByUserId: row.updated_by,
    lastUpdatedByUsername: row.updated_by_name,
    comments: row.comments,
  });
}
