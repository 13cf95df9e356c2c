/** Users with what they may do, in one query. */
import { type Queryable, sql } from '@fineract-gitops/db';
import type { UserRole, UserWithPassword } from '../user.ts';

interface UserRow {
  id: number;
  username: string;
  password_hash: string | null;
  office_id: number;
  office_name: string;
  office_hierarchy: string;
  staff_id: number | null;
  staff_display_name: string | null;
  roles: UserRole[];
  permissions: string[];
}

/** The enabled user of that name, or `null`. Permissions of disabled roles do not count. */
export async function loadUser(db: Queryable, username: string): Promise<UserWithPassword | null> {
  const row = await db.rowOrNull<UserRow>(sql`
    select u.id, u.username, u.password_hash, u.office_id, o.name as office_name, o.hierarchy as office_hierarchy,
           u.staff_id, s.display_name as staff_display_name,
           coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'description', r.description,
                                                         'disabled', r.disabled) order by r.id)
                       from user_roles ur join roles r on r.id = ur.role_id
                      where ur.user_id = u.id), '[]'::jsonb) as roles,
           array(select distinct rp.permission_code
                   from user_roles ur
                   join roles r on r.id = ur.role_id and not r.disabled
                   join role_permissions rp on rp.role_id = r.id
                  where ur.user_id = u.id) as permissions
      from users u
      join offices o on o.id = u.office_id
      left join staff s on s.id = u.staff_id
     where u.username = ${username} and u.enabled and not u.deleted`);
  if (!row) return null;
  return {
    passwordHash: row.password_hash,
    user: {
      id: row.id,
      username: row.username,
      officeId: row.office_id,
      officeName: row.office_name,
      officeHierarchy: row.office_hierarchy,
      staffId: row.staff_id,
      staffDisplayName: row.staff_display_name,
      roles: row.roles,
      permissions: new Set(row.permissions),
    },
  };
}
