/** What is read of users, within the asker's part of the office tree. The system's own user is nobody's business. */
import { type Queryable, sql } from '@fineract-gitops/db';
import {
  type AuthenticatedUser,
  notFound,
  pathId,
  type QueryContext,
  type RouteInput,
  Scoped,
  withoutNulls,
} from '../../kernel/index.ts';
import { officeOptions } from '../../organisation/index.ts';
import { type Role, roleOptions } from './roles.ts';

interface UserRow {
  id: number;
  username: string;
  firstname: string;
  lastname: string;
  email: string | null;
  passwordNeverExpires: boolean;
  officeId: number;
  officeName: string;
  hierarchy: string;
  staffId: number | null;
  staffName: string | null;
  selectedRoles: Role[];
}

/** In its name jobs change things; it cannot log in and is not managed through the API. */
export const SYSTEM_USERNAME = 'system';

const columns = sql`
  u.id, u.username, u.firstname, u.lastname, u.email, u.password_never_expires as "passwordNeverExpires",
  u.office_id as "officeId", o.name as "officeName", o.hierarchy, u.staff_id as "staffId", s.display_name as "staffName",
  coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'description', r.description,
                                                'disabled', r.disabled) order by r.id)
              from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id), '[]'::jsonb) as "selectedRoles"
  from users u
  join offices o on o.id = u.office_id
  left join staff s on s.id = u.staff_id`;

export async function listUsers({ db, user }: QueryContext): Promise<unknown> {
  const rows = await db.rows<UserRow>(sql`
    select ${columns}
     where not u.deleted and u.username <> ${SYSTEM_USERNAME} and o.hierarchy like ${`${user.officeHierarchy}%`}
     order by u.username`);
  return rows.map(userBody);
}

export async function readUser({ db, user }: QueryContext, input: RouteInput): Promise<Scoped> {
  const userId = pathId(input, 'userId', 'user');
  const row = await db.rowOrNull<UserRow>(sql`
    select ${columns} where u.id = ${userId} and not u.deleted and u.username <> ${SYSTEM_USERNAME}`);
  if (!row) throw notFound('user', userId);
  const selected = new Set(row.selectedRoles.map(({ id }) => id));
  return new Scoped(row.hierarchy, {
    ...userBody(row),
    availableRoles: (await roleOptions(db)).filter(({ id }) => !selected.has(id)),
    ...(input.query['template'] === 'true' ? { allowedOffices: await officeOptions(db, user) } : {}),
  });
}

export async function userTemplate({ db, user }: QueryContext): Promise<unknown> {
  return {
    allowedOffices: await officeOptions(db, user),
    availableRoles: await roleOptions(db),
    selfServiceRoles: [],
  };
}

/** Users by name, for select lists. */
export async function userOptions(
  db: Queryable,
  user: AuthenticatedUser,
): Promise<{ id: number; username: string }[]> {
  return db.rows(sql`
    select u.id, u.username from users u join offices o on o.id = u.office_id
     where o.hierarchy like ${`${user.officeHierarchy}%`} order by u.username`);
}

function userBody(row: UserRow) {
  const { hierarchy: _hierarchy, staffId, staffName, ...user } = row;
  return withoutNulls({
    ...user,
    staff: staffId === null ? null : { id: staffId, displayName: staffName },
    isSelfServiceUser: false,
  });
}
