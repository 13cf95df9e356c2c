/** Checks that need the database: what roles give, what a user holds, and that somebody stays in charge. */
import { sql, type Transaction } from '@fineract-gitops/db';
import { domainRule, notFound } from '../../kernel/index.ts';

/** All permissions that the roles give, those of disabled roles too: a role can be enabled again. */
export async function permissionsOfRoles(tx: Transaction, roleIds: readonly number[]): Promise<string[]> {
  const known = await tx.rows<{ id: number }>(
    sql`select id from roles where id = any(${roleIds}::bigint[]) order by id for share`,
  );
  const missing = roleIds.find((id) => !known.some((role) => role.id === id));
  if (missing !== undefined) throw notFound('role', missing);
  const rows = await tx.rows<{ code: string }>(sql`
    select distinct permission_code as code from role_permissions where role_id = any(${roleIds}::bigint[]) order by 1`);
  return rows.map(({ code }) => code);
}

export async function permissionsOfUser(tx: Transaction, userId: number): Promise<string[]> {
  const roles = await tx.rows<{ id: number }>(
    sql`select role_id as id from user_roles where user_id = ${userId}`,
  );
  return permissionsOfRoles(
    tx,
    roles.map(({ id }) => id),
  );
}

/** @throws ApiError 403 when the change would leave nobody who may do everything, and so nobody to undo it */
export async function requireSomeoneInCharge(tx: Transaction): Promise<void> {
  const { left } = await tx.row<{ left: boolean }>(sql`
    select exists (select from users u
                     join user_roles ur on ur.user_id = u.id
                     join roles r on r.id = ur.role_id and not r.disabled
                     join role_permissions rp on rp.role_id = r.id and rp.permission_code = 'ALL_FUNCTIONS'
                    where u.enabled and not u.deleted) as left`);
  if (left) return;
  throw domainRule(
    'error.msg.user.last.administrator',
    'At least one user who may do everything (ALL_FUNCTIONS) must remain.',
  );
}
