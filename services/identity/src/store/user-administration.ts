import { type Database, empty, type Queryable, type Sql, sql } from '@fineract-gitops/db';
import { columns, type User } from './users.ts';

export type UserQuery = {
  /** Part of the name, or all of it when `exact`. */
  username?: string | undefined;
  exact?: boolean | undefined;
  /** Part of user name, first name, last name or e-mail address. */
  search?: string | undefined;
  first: number;
  max: number;
};

/** People (not service accounts) by name, in the order of their names. */
export function listUsers(database: Queryable, query: UserQuery): Promise<User[]> {
  return database.rows<User>(sql`
    select ${columns} from users where service_account_client_id is null ${condition(query)}
    order by username offset ${query.first} limit ${query.max}`);
}

export async function countUsers(database: Queryable, query: UserQuery): Promise<number> {
  const { count } = await database.row<{ count: number }>(sql`
    select count(*)::integer as count from users where service_account_client_id is null ${condition(query)}`);
  return count;
}

function condition({ username, exact, search }: UserQuery): Sql {
  if (username !== undefined && exact) return sql`and username = ${username.toLowerCase()}`;
  if (username !== undefined) return sql`and strpos(username, ${username.toLowerCase()}) > 0`;
  if (search === undefined) return empty;
  const text = search.toLowerCase();
  return sql`and strpos(lower(concat_ws(' ', username, first_name, last_name, email)), ${text}) > 0`;
}

export type UserChange = Partial<
  Pick<
    User,
    | 'username'
    | 'email'
    | 'firstName'
    | 'lastName'
    | 'enabled'
    | 'emailVerified'
    | 'attributes'
    | 'requiredActions'
  >
>;

/** Changes what is given and leaves the rest; answers whether there is such a user. */
export async function updateUser(database: Database, id: string, change: UserChange): Promise<boolean> {
  return database.transaction(async (tx) => {
    const known = await tx.rowOrNull<User>(
      sql`select ${columns} from users where id = ${id}::uuid for update`,
    );
    if (known === null) return false;
    const user = { ...known, ...change };
    await tx.execute(sql`
      update users set username = ${user.username.toLowerCase()}, email = ${user.email}, first_name = ${user.firstName},
        last_name = ${user.lastName}, enabled = ${user.enabled}, email_verified = ${user.emailVerified},
        attributes = ${JSON.stringify(user.attributes)}, required_actions = ${[...user.requiredActions]}
      where id = ${id}::uuid`);
    return true;
  });
}

/** Gives and takes realm roles; those that are there already, or not there, stay so. */
export async function changeRealmRoles(
  database: Queryable,
  id: string,
  change: { add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  await database.execute(sql`
    update users set realm_roles = array(
      select distinct role from unnest(realm_roles || ${[...change.add]}::text[]) as role
      where role <> all (${[...change.remove]}::text[]) order by role)
    where id = ${id}::uuid`);
}
