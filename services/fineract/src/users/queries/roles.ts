/** What is read of roles and permissions. */
import { type Queryable, sql } from '@fineract-gitops/db';
import { notFound, pathId, type QueryContext, type RouteInput, withoutNulls } from '../../kernel/index.ts';

export interface Role {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly disabled: boolean;
}

interface Permission {
  readonly grouping: string;
  readonly code: string;
  readonly entityName: string | null;
  readonly actionName: string | null;
  readonly selected: boolean;
}

const roleColumns = sql`id, name, description, disabled from roles`;

export async function listRoles({ db }: QueryContext): Promise<unknown> {
  return (await db.rows<Role>(sql`select ${roleColumns} order by name`)).map(withoutNulls);
}

export async function readRole({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  return withoutNulls(await requireRole(db, pathId(input, 'roleId', 'role')));
}

/** Every permission there is, and whether the role has it. */
export async function readRolePermissions({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const role = await requireRole(db, pathId(input, 'roleId', 'role'));
  const permissionUsageData = await db.rows<Permission>(sql`
    select p.grouping, p.code, p.entity_name as "entityName", p.action_name as "actionName",
           rp.role_id is not null as selected
      from permissions p
      left join role_permissions rp on rp.permission_code = p.code and rp.role_id = ${role.id}
     order by p.grouping, p.entity_name, p.code`);
  return { ...withoutNulls(role), permissionUsageData };
}

/** `makerCheckerable=true`: those that can be held for approval, and whether they are. */
export async function listPermissions({ db }: QueryContext, { query }: RouteInput): Promise<unknown> {
  const makerChecker = query['makerCheckerable'] === 'true';
  return db.rows<Permission>(sql`
    select grouping, code, entity_name as "entityName", action_name as "actionName",
           case when ${makerChecker}::boolean then can_maker_checker else true end as selected
      from permissions
     where not ${makerChecker}::boolean or (action_name <> 'READ' and grouping <> 'special')
     order by grouping, entity_name, code`);
}

/** Roles that are in force, as select lists show them. */
export async function roleOptions(db: Queryable): Promise<(Partial<Role> & Pick<Role, 'id'>)[]> {
  const roles = await db.rows<Role>(sql`select ${roleColumns} where not disabled order by name`);
  return roles.map((role) => ({ ...withoutNulls(role), id: role.id }));
}

/** @throws ApiError 404 */
export async function requireRole(db: Queryable, roleId: number): Promise<Role> {
  const role = await db.rowOrNull<Role>(sql`select ${roleColumns} where id = ${roleId}`);
  if (!role) throw notFound('role', roleId);
  return role;
}
