/** What is read of the chart of accounts. */
import { empty, sql } from '@fineract-gitops/db';
import type { Decimal } from '@fineract-gitops/money';
import {
  notFound,
  pathId,
  type QueryContext,
  queryBoolean,
  queryInteger,
  queryPattern,
  type RouteInput,
  withoutNulls,
} from '../../kernel/index.ts';
import { GlType, GlUsage, typeOption, typeOptions, usageOption, usageOptions } from '../rules.ts';

interface GlAccountRow {
  id: number;
  parent_id: number | null;
  hierarchy: string;
  name: string;
  gl_code: string;
  type: number;
  usage: number;
  manual_entries_allowed: boolean;
  disabled: boolean;
  description: string | null;
  tag_id: number | null;
  tag_name: string | null;
  balance?: Decimal | null;
}

const columns = sql`
  a.id, a.parent_id, a.hierarchy, a.name, a.gl_code, a.type, a.usage, a.manual_entries_allowed, a.disabled, a.description,
  a.tag_id, tag.name as tag_name`;
const joins = sql`from gl_accounts a left join code_values tag on tag.id = a.tag_id`;

// Assets and expenses grow by debits, the rest by credits.
const balanceColumn = sql`,
  (select coalesce(sum(case when (e.entry_type = 2) = (a.type in (1, 5)) then e.amount else -e.amount end), 0)
     from journal_entries e where e.gl_account_id = a.id) as balance`;

export async function listGlAccounts({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const type = queryInteger(input, 'type');
  const usage = queryInteger(input, 'usage');
  const search = queryPattern(input, 'searchParam');
  const manual = queryBoolean(input, 'manualEntriesAllowed');
  const disabled = queryBoolean(input, 'disabled');
  const balance = queryBoolean(input, 'fetchRunningBalance') ? balanceColumn : empty;
  const rows = await db.rows<GlAccountRow>(sql`
    select ${columns} ${balance} ${joins}
     where (${type}::smallint is null or a.type = ${type}) and (${usage}::smallint is null or a.usage = ${usage})
       and (${search}::text is null or a.name ilike ${search} or a.gl_code ilike ${search})
       and (${manual}::boolean is null or a.manual_entries_allowed = ${manual})
       and (${disabled}::boolean is null or a.disabled = ${disabled})
     order by a.gl_code, a.id`);
  return rows.map(glAccountBody);
}

export async function readGlAccount({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const id = pathId(input, 'glAccountId', 'glaccount');
  const balance = queryBoolean(input, 'fetchRunningBalance') ? balanceColumn : empty;
  const row = await db.rowOrNull<GlAccountRow>(sql`select ${columns} ${balance} ${joins} where a.id = ${id}`);
  if (!row) throw notFound('glaccount', id);
  const template = input.query['template'] === 'true' ? await optionLists(db) : {};
  return { ...glAccountBody(row), ...template };
}

/** What a form for a new account offers. */
export async function glAccountTemplate({ db }: QueryContext): Promise<unknown> {
  return optionLists(db);
}

async function optionLists(db: QueryContext['db']) {
  const headers = await db.rows<GlAccountRow>(
    sql`select ${columns} ${joins} where a.usage = ${GlUsage.header} and not a.disabled order by a.gl_code`,
  );
  const tags = await db.rows<{ id: number; name: string; position: number; code: string }>(sql`
    select v.id, v.name, v.position, c.name as code from code_values v join codes c on c.id = v.code_id
     where v.active and c.name like '%AccountTags' order by v.position, v.id`);
  const headersOf = (type: number) => headers.filter((row) => row.type === type).map(glAccountBody);
  const tagsOf = (code: string) =>
    tags.filter((tag) => tag.code === code).map(({ id, name, position }) => ({ id, name, position }));
  return {
    accountTypeOptions: typeOptions,
    usageOptions,
    assetHeaderAccountOptions: headersOf(GlType.asset),
    liabilityHeaderAccountOptions: headersOf(GlType.liability),
    equityHeaderAccountOptions: headersOf(GlType.equity),
    incomeHeaderAccountOptions: headersOf(GlType.income),
    expenseHeaderAccountOptions: headersOf(GlType.expense),
    allowedAssetsTagOptions: tagsOf('AssetAccountTags'),
    allowedLiabilitiesTagOptions: tagsOf('LiabilityAccountTags'),
    allowedEquityTagOptions: tagsOf('EquityAccountTags'),
    allowedIncomeTagOptions: tagsOf('IncomeAccountTags'),
    allowedExpensesTagOptions: tagsOf('ExpenseAccountTags'),
  };
}

/** Detail accounts by type, for the mapping of products. */
export async function detailAccountOptions(db: QueryContext['db']) {
  const rows = await db.rows<{ id: number; name: string; gl_code: string; type: number }>(sql`
    select id, name, gl_code, type from gl_accounts
     where usage = ${GlUsage.detail} and not disabled order by gl_code`);
  const optionsOf = (type: number) =>
    rows.filter((row) => row.type === type).map(({ id, name, gl_code }) => ({ id, name, glCode: gl_code }));
  return {
    assetAccountOptions: optionsOf(GlType.asset),
    liabilityAccountOptions: optionsOf(GlType.liability),
    equityAccountOptions: optionsOf(GlType.equity),
    incomeAccountOptions: optionsOf(GlType.income),
    expenseAccountOptions: optionsOf(GlType.expense),
  };
}

function glAccountBody(row: GlAccountRow) {
  // Root accounts have two dots; each level below is shown four dots further in.
  const depth = row.hierarchy.split('.').length - 3;
  return withoutNulls({
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    glCode: row.gl_code,
    disabled: row.disabled,
    manualEntriesAllowed: row.manual_entries_allowed,
    type: typeOption(row.type),
    usage: usageOption(row.usage),
    description: row.description,
    nameDecorated: '.'.repeat(depth * 4) + row.name,
    tagId: row.tag_id === null ? undefined : { id: row.tag_id, name: row.tag_name },
    organizationRunningBalance: row.balance,
  });
}
