/** What changes roles and what they give. */
import { sql, type Transaction } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  pathId,
  type RouteInput,
  refuseTaken,
} from '../../kernel/index.ts';
import type { CreateRole, RolePermissions, UpdateRole } from '../bodies.ts';
import type { Role } from '../queries/roles.ts';
import { requireMayGrant } from '../rules.ts';
import { permissionsOfRoles, requireSomeoneInCharge } from './grants.ts';

const COLLISIONS = {
  role_name_unique: ['error.msg.role.duplicate.name', 'name', 'A role with this name exists.'],
} as const;

export async function createRole(
  { tx }: CommandContext,
  { body }: CommandInput<CreateRole>,
): Promise<CommandResult> {
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(
      sql`insert into roles (name, description) values (${body.name}, ${body.description}) returning id`,
    ),
  );
  return { resourceId: id };
}

export async function updateRole(
  { tx }: CommandContext,
  input: CommandInput<UpdateRole>,
): Promise<CommandResult> {
  const role = await lockRole(tx, input);
  const { next, changes } = applyChanges({ description: role.description }, input.body);
  await tx.execute(sql`update roles set description = ${next.description} where id = ${role.id}`);
  return { resourceId: role.id, changes };
}

export async function deleteRole({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const role = await lockRole(tx, input);
  await requireUnassigned(tx, role.id, 'error.msg.role.associated.with.users.deleted');
  await tx.execute(sql`delete from roles where id = ${role.id}`);
  return { resourceId: role.id };
}

export async function disableRole({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const role = await lockRole(tx, input);
  await requireUnassigned(tx, role.id, 'error.msg.role.associated.with.users.disabled');
  await tx.execute(sql`update roles set disabled = true where id = ${role.id}`);
  return { resourceId: role.id, changes: role.disabled ? {} : { disabled: true } };
}

export async function enableRole({ tx, user }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const role = await lockRole(tx, input);
  requireMayGrant(user, await permissionsOfRoles(tx, [role.id]));
  await tx.execute(sql`update roles set disabled = false where id = ${role.id}`);
  return { resourceId: role.id, changes: role.disabled ? { disabled: false } : {} };
}

/** Sets the named permissions on or off and leaves the others. What is added, the giver must have. */
export async function setRolePermissions(
  { tx, user }: CommandContext,
  input: CommandInput<RolePermissions>,
): Promise<CommandResult> {
  const role = await lockRole(tx, input);
  const wanted = input.body.permissions;
  const codes = Object.keys(wanted).sort();
  await requireKnown(tx, codes);
  const current = new Set(await permissionsOfRoles(tx, [role.id]));
  const changed = codes.filter((code) => wanted[code] !== current.has(code));
  const added = changed.filter((code) => wanted[code]);
  requireMayGrant(user, added);
  await tx.execute(sql`
    insert into role_permissions (role_id, permission_code) select ${role.id}::bigint, unnest(${added}::text[])`);
  const removed = changed.filter((code) => !wanted[code]);
  await tx.execute(sql`
    delete from role_permissions where role_id = ${role.id} and permission_code = any(${removed}::text[])`);
  if (removed.includes('ALL_FUNCTIONS')) await requireSomeoneInCharge(tx);
  const changes = changed.length === 0 ? {} : { permissions: pick(wanted, changed) };
  return { resourceId: role.id, changes };
}

function pick(flags: Readonly<Record<string, boolean>>, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, flags[name]]));
}

async function requireKnown(tx: Transaction, codes: readonly string[]): Promise<void> {
  const rows = await tx.rows<{ code: string }>(
    sql`select code from permissions where code = any(${codes}::text[])`,
  );
  const known = new Set(rows.map(({ code }) => code));
  const unknown = codes.find((code) => !known.has(code));
  if (unknown !== undefined)
    throw notFound('permission', unknown.slice(0, 100), 'error.msg.permission.code.invalid');
}

async function lockRole(tx: Transaction, input: RouteInput): Promise<Role> {
  const roleId = pathId(input, 'roleId', 'role');
  const role = await tx.rowOrNull<Role>(
    sql`select id, name, description, disabled from roles where id = ${roleId} for update`,
  );
  if (!role) throw notFound('role', roleId);
  return role;
}

async function requireUnassigned(tx: Transaction, roleId: number, code: string): Promise<void> {
  const { users } = await tx.row<{ users: number }>(
    sql`select count(*) as users from user_roles where role_id = ${roleId}`,
  );
  if (users > 0) throw domainRule(code, 'Users have this role; give them another one first.', roleId);
}
