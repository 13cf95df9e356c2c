/** The chart of accounts: a tree of headers with detail accounts as leaves. */
import { sql, type Transaction } from '@fineract-gitops/db';
import {
  type ApiError,
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  pathId,
  type RouteInput,
  refuseInUse,
  refuseTaken,
} from '../../kernel/index.ts';
import type { CreateGlAccount, UpdateGlAccount } from '../bodies.ts';
import { GlUsage } from '../rules.ts';

const TAKEN = {
  gl_account_code_unique: [
    'error.msg.glaccount.glcode.duplicate',
    'glCode',
    'An account with this GL code exists.',
  ],
} as const;

export async function createGlAccount(
  { tx }: CommandContext,
  { body }: CommandInput<CreateGlAccount>,
): Promise<CommandResult> {
  const parent = await lockParent(tx, body.parentId);
  const { id } = await refuseTaken(TAKEN, () =>
    tx.row<{ id: number }>(sql`
      insert into gl_accounts (id, parent_id, hierarchy, name, gl_code, type, usage, manual_entries_allowed, disabled,
                               description, tag_id)
      select next.id, ${parent?.id ?? null}::bigint, ${parent?.hierarchy ?? '.'} || next.id || '.', ${body.name}, ${body.glCode},
             ${body.type}, ${body.usage}, ${body.manualEntriesAllowed}, ${body.disabled ?? false},
             ${body.description || null}, ${body.tagId ?? null}::bigint
        from (select nextval(pg_get_serial_sequence('gl_accounts', 'id')) as id) next
      returning id`),
  );
  return { resourceId: id };
}

interface ParentRow {
  id: number;
  hierarchy: string;
  usage: number;
}

async function lockParent(tx: Transaction, id: number | null | undefined): Promise<ParentRow | null> {
  if (id === null || id === undefined) return null;
  const parent = await tx.rowOrNull<ParentRow>(
    sql`select id, hierarchy, usage from gl_accounts where id = ${id} for share`,
  );
  if (!parent) throw notFound('glaccount', id);
  if (parent.usage !== GlUsage.header) {
    throw domainRule(
      'error.msg.glaccount.parent.invalid',
      'The parent account must be a header account.',
      id,
    );
  }
  return parent;
}

interface GlAccountValues {
  name: string;
  glCode: string;
  type: number;
  usage: number;
  manualEntriesAllowed: boolean;
  disabled: boolean;
  description: string | null;
  tagId: number | null;
  parentId: number | null;
}

interface LockedGlAccount extends GlAccountValues {
  id: number;
  hierarchy: string;
}

async function lockGlAccount(tx: Transaction, input: RouteInput): Promise<LockedGlAccount> {
  const id = pathId(input, 'glAccountId', 'glaccount');
  const account = await tx.rowOrNull<LockedGlAccount>(sql`
    select id, hierarchy, name, gl_code as "glCode", type, usage, manual_entries_allowed as "manualEntriesAllowed", disabled,
           description, tag_id as "tagId", parent_id as "parentId"
      from gl_accounts where id = ${id} for update`);
  if (!account) throw notFound('glaccount', id);
  return account;
}

export async function updateGlAccount(
  { tx }: CommandContext,
  input: CommandInput<UpdateGlAccount>,
): Promise<CommandResult> {
  const { id, hierarchy, ...current } = await lockGlAccount(tx, input);
  const { next, changes } = applyChanges<GlAccountValues>(current, input.body);
  if (next.usage !== current.usage || next.type !== current.type) await refusePostedTo(tx, id);
  const parent = next.parentId === current.parentId ? undefined : await lockParent(tx, next.parentId);
  if (parent?.hierarchy.startsWith(hierarchy)) {
    throw domainRule(
      'error.msg.glaccount.id.and.parentid.must.not.same',
      'An account cannot stand below itself.',
      id,
    );
  }
  await refuseTaken(TAKEN, () =>
    tx.execute(sql`
      update gl_accounts
         set name = ${next.name}, gl_code = ${next.glCode}, type = ${next.type}, usage = ${next.usage},
             manual_entries_allowed = ${next.manualEntriesAllowed}, disabled = ${next.disabled},
             description = ${next.description}, tag_id = ${next.tagId}::bigint, parent_id = ${next.parentId}::bigint
       where id = ${id}`),
  );
  if (parent !== undefined) await moveSubtree(tx, hierarchy, `${parent?.hierarchy ?? '.'}${id}.`);
  return { resourceId: id, changes };
}

async function moveSubtree(tx: Transaction, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    update gl_accounts set hierarchy = ${to} || substr(hierarchy, length(${from}) + 1) where hierarchy like ${`${from}%`}`);
}

/** What was posted as an asset stays an asset, and a header has no entries of its own. */
async function refusePostedTo(tx: Transaction, id: number): Promise<void> {
  const posted = await tx.rowOrNull(
    sql`select 1 as ok from journal_entries where gl_account_id = ${id} limit 1`,
  );
  if (posted) {
    throw domainRule(
      'error.msg.glaccount.glcode.invalid.update.transactions.logged',
      'Type and usage cannot change once entries were posted to the account.',
      id,
    );
  }
}

export async function deleteGlAccount({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const { id } = await lockGlAccount(tx, input);
  const used = await tx.row<{ children: boolean; entries: boolean }>(sql`
    select exists (select from gl_accounts where parent_id = ${id}) as children,
           exists (select from journal_entries where gl_account_id = ${id}) as entries`);
  if (used.children) throw inUse('glcode.invalid.delete.has.children', 'other accounts stand below it', id);
  if (used.entries) throw inUse('glcode.invalid.delete.transactions.logged', 'entries were posted to it', id);
  await refuseInUse(
    () => inUse('attached.to.product', 'a product is mapped to it', id),
    () => tx.execute(sql`delete from gl_accounts where id = ${id}`),
  );
  return { resourceId: id };
}

function inUse(rule: string, reason: string, id: number): ApiError {
  return domainRule(`error.msg.glaccount.${rule}`, `The account cannot be deleted: ${reason}.`, id);
}
