/** The bank's users as the identity provider is to have them. */
import { type Queryable, sql } from '@fineract-gitops/db';
import { SYSTEM_USERNAME } from '../queries/users.ts';

export interface BankUser {
  readonly userId: number;
  /** Of a user who was deleted, the name from before. */
  readonly username: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string | null;
  /** False for deleted users too. */
  readonly enabled: boolean;
  readonly roles: readonly string[];
  /** The bank's other roles, so that the receiver can tell them from roles that are not the bank's. */
  readonly otherRoles: readonly string[];
}

interface Row extends BankUser {
  readonly passwordHash: string | null;
}

const columns = sql`
  u.id as "userId",
  case when u.deleted then substr(u.username, length(u.id || '_DELETED_') + 1) else u.username end as username,
  u.firstname, u.lastname, u.email, u.enabled and not u.deleted as enabled,
  array(select r.name from roles r join user_roles ur on ur.role_id = r.id and ur.user_id = u.id
         where not r.disabled order by r.name) as roles,
  array(select r.name from roles r
         where r.disabled or not exists (select from user_roles ur where ur.role_id = r.id and ur.user_id = u.id)
         order by r.name) as "otherRoles"
  from users u`;

/** Everybody, those who left last: their names may belong to others by now. */
export function allBankUsers(db: Queryable): Promise<BankUser[]> {
  return db.rows<BankUser>(
    sql`select ${columns} where u.username <> ${SYSTEM_USERNAME} order by u.deleted, u.id`,
  );
}

export function findBankUser(db: Queryable, userId: number): Promise<BankUser | null> {
  return db.rowOrNull<BankUser>(sql`select ${columns} where u.id = ${userId}`);
}

/** With the hash of the password that holds now, which is nobody's but the hand-over's. */
export async function findWithPassword(
  db: Queryable,
  userId: number,
): Promise<{ user: BankUser; passwordHash: string | null } | null> {
  const row = await db.rowOrNull<Row>(
    sql`select u.password_hash as "passwordHash", ${columns} where u.id = ${userId}`,
  );
  if (!row) return null;
  const { passwordHash, ...user } = row;
  return { user, passwordHash };
}
