/** One box for everything: clients and savings accounts whose name, number, external id or phone holds a text. */
import { type Sql, sql } from '@fineract-gitops/db';
import { statusOption } from '../clients/index.ts';
import {
  type AuthenticatedUser,
  mayDo,
  type QueryContext,
  queryBoolean,
  queryPattern,
  type RouteInput,
  withoutNulls,
} from '../kernel/index.ts';

interface Hit {
  entityType: 'CLIENT' | 'SAVING';
  entityId: number;
  entityName: string;
  entityExternalId: string | null;
  entityAccountNo: string;
  entityMobileNo: string | null;
  parentId: number;
  parentName: string;
  parentType: string | null;
  status: number;
}

/** Fineract's limit: who finds more than this searches on. */
const HITS_MAX = 50;

/** Answers nothing of a kind that the user may not read, or that lies outside their part of the office tree. */
export async function search({ db, user }: QueryContext, input: RouteInput): Promise<unknown> {
  const exact = queryBoolean(input, 'exactMatch') ?? false;
  const pattern = exact ? literal(input.query['query']) : queryPattern(input, 'query');
  const kinds = searchedKinds(user, input.query['resource']);
  if (pattern === null || kinds.length === 0) return [];
  const scope = `${user.officeHierarchy}%`;
  const parts = kinds.map((kind) =>
    kind === 'CLIENT' ? clientHits(pattern, scope) : savingsHits(pattern, scope),
  );
  const hits = parts.reduce((all, part) => sql`${all} union all ${part}`);
  const rows = await db.rows<Hit>(sql`
    select * from (${hits}) hits order by "entityType", "entityName", "entityId" limit ${HITS_MAX}`);
  return rows.map(({ status, ...hit }) =>
    withoutNulls({
      ...hit,
      entityStatus: hit.entityType === 'CLIENT' ? statusOption(status) : { id: 0, code: '', value: '' },
      ...(hit.entityType === 'SAVING' ? { subEntityType: 'depositAccountType.savingsDeposit' } : {}),
    }),
  );
}

/** `resource=clients,savings`; absent means both. */
function searchedKinds(user: AuthenticatedUser, resource: string | undefined): Hit['entityType'][] {
  const asked = resource?.toLowerCase().split(',') ?? [];
  const wants = (name: string) => asked.length === 0 || asked.includes(name);
  return [
    ...(wants('clients') && mayDo(user, 'READ_CLIENT') ? (['CLIENT'] as const) : []),
    ...(wants('savings') && mayDo(user, 'READ_SAVINGSACCOUNT') ? (['SAVING'] as const) : []),
  ];
}

function literal(text: string | undefined): string | null {
  return text?.trim() ? text.trim().replaceAll(/[\\%_]/g, '\\$&') : null;
}

function clientHits(pattern: string, scope: string): Sql {
  return sql`
    select 'CLIENT' as "entityType", c.id as "entityId", c.display_name as "entityName",
           c.external_id as "entityExternalId", c.account_no as "entityAccountNo", c.mobile_no as "entityMobileNo",
           c.office_id as "parentId", o.name as "parentName", null::text as "parentType", c.status
      from clients c join offices o on o.id = c.office_id
     where o.hierarchy like ${scope}
       and (c.display_name ilike ${pattern} or c.account_no ilike ${pattern} or c.external_id ilike ${pattern}
            or c.mobile_no ilike ${pattern})`;
}

function savingsHits(pattern: string, scope: string): Sql {
  return sql`
    select 'SAVING' as "entityType", a.id as "entityId", p.name as "entityName", a.external_id as "entityExternalId",
           a.account_no as "entityAccountNo", null::text as "entityMobileNo", c.id as "parentId",
           c.display_name as "parentName", 'client' as "parentType", a.status
      from savings_accounts a
      join savings_products p on p.id = a.product_id
      join clients c on c.id = a.client_id
      join offices o on o.id = c.office_id
     where o.hierarchy like ${scope} and (a.account_no ilike ${pattern} or a.external_id ilike ${pattern})`;
}
