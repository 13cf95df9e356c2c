/** What changes users. Passwords are hashed at once, and never stand in a result, an event or the audit log. */
import { sql, type Transaction } from '@fineract-gitops/db';
import {
  type AuthenticatedUser,
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  dataIntegrity,
  domainRule,
  hashPassword,
  invalidField,
  mayDo,
  notFound,
  parameterError,
  pathId,
  type RouteInput,
  refuseTaken,
  validationFailed,
  verifyPassword,
} from '../../kernel/index.ts';
import { requireOffice, requireStaff } from '../../organisation/index.ts';
import type { CreateUser, UpdateUser } from '../bodies.ts';
import { checkPassword, checkRepeated, type PasswordOwner } from '../password-policy.ts';
import { SYSTEM_USERNAME } from '../queries/users.ts';
import { checkEmail, checkUsername, requireMayGrant, requireMayManage } from '../rules.ts';
import { permissionsOfRoles, permissionsOfUser, requireSomeoneInCharge } from './grants.ts';

const COLLISIONS = {
  user_username_unique: ['error.msg.user.duplicate.username', 'username', 'A user with this name exists.'],
} as const;

export async function createUser(
  context: CommandContext,
  { body }: CommandInput<CreateUser>,
): Promise<CommandResult> {
  const { tx, user } = context;
  checkUsername(body.username);
  checkEmail(body.email);
  const office = await requireOffice(tx, user, body.officeId);
  await requireStaffOfOffice(tx, user, body.staffId, office.id);
  const roles = [...new Set(body.roles)];
  requireMayGrant(user, await permissionsOfRoles(tx, roles));
  const passwordHash = await firstPasswordHash(body);
  const { id } = await refuseTaken(COLLISIONS, () =>
    tx.row<{ id: number }>(sql`
      insert into users (office_id, staff_id, username, firstname, lastname, email, password_hash, password_never_expires)
      values (${office.id}, ${body.staffId ?? null}, ${body.username}, ${body.firstname}, ${body.lastname},
              ${body.email || null}, ${passwordHash}, ${body.passwordNeverExpires ?? false})
      returning id`),
  );
  await setRoles(tx, id, roles);
  if (passwordHash !== null) handPasswordOver(context, id, body.password);
  return { officeId: office.id, resourceId: id };
}

/** The identity provider needs the password itself, and nothing that is stored has it. */
function handPasswordOver({ tenant, afterCommit }: CommandContext, userId: number, password?: string): void {
  if (password === undefined) return;
  afterCommit(({ passwordHandOver }) => passwordHandOver?.give(tenant, userId, password));
}

/**
 * `sendPasswordToEmail` means that the user chooses a password at the identity provider: the bank never mails one, and
 * until then the account has none.
 */
async function firstPasswordHash(body: CommandInput<CreateUser>['body']): Promise<string | null> {
  if (body.sendPasswordToEmail) {
    if (body.email) return null;
    throw invalidField('user', 'email', 'cannot.be.blank', 'The parameter email is required.');
  }
  if (body.password === undefined) {
    throw invalidField('user', 'password', 'cannot.be.blank', 'The parameter password is required.');
  }
  return newPasswordHash(body.password, body.repeatPassword, { ...body, email: body.email ?? null });
}

async function newPasswordHash(
  password: string,
  repeated: string | undefined,
  owner: PasswordOwner,
): Promise<string> {
  checkRepeated(password, repeated);
  await checkPassword(password, owner);
  return hashPassword(password);
}

interface UserFields extends PasswordOwner {
  username: string;
  firstname: string;
  lastname: string;
  email: string | null;
  officeId: number;
  staffId: number | null;
  passwordNeverExpires: boolean;
}

interface LockedUser {
  readonly fields: UserFields;
  readonly passwordHash: string | null;
}

export async function updateUser(
  context: CommandContext,
  input: CommandInput<UpdateUser>,
): Promise<CommandResult> {
  const { tx, user } = context;
  const userId = pathId(input, 'userId', 'user');
  if (!mayDo(user, 'UPDATE_USER')) requireOnlyPassword(input.json);
  const { body } = input;
  const locked = await lockUser(tx, user, userId);
  if (user.id !== userId) requireMayManage(user, await permissionsOfUser(tx, userId));
  const { next, changes } = applyChanges(locked.fields, body);
  checkUsername(next.username);
  checkEmail(next.email);
  if (changes['officeId'] !== undefined) await requireOffice(tx, user, next.officeId);
  if (changes['staffId'] !== undefined || changes['officeId'] !== undefined) {
    await requireStaffOfOffice(tx, user, next.staffId ?? undefined, next.officeId);
  }
  await writeUser(tx, userId, next);
  const roles = await changeRoles(tx, user, userId, body.roles);
  const password = await changePassword(tx, userId, { ...locked, fields: next }, body);
  handPasswordOver(context, userId, body.password);
  return { officeId: next.officeId, resourceId: userId, changes: { ...changes, ...roles, ...password } };
}

async function writeUser(tx: Transaction, userId: number, next: UserFields): Promise<void> {
  await refuseTaken(COLLISIONS, () =>
    tx.execute(sql`
      update users
         set username = ${next.username}, firstname = ${next.firstname}, lastname = ${next.lastname},
             email = ${next.email}, office_id = ${next.officeId}, staff_id = ${next.staffId},
             password_never_expires = ${next.passwordNeverExpires}
       where id = ${userId}`),
  );
}

/** Users without the permission to update users may set their own password and nothing else. */
function requireOnlyPassword(json: Readonly<Record<string, unknown>>): void {
  const allowed = ['password', 'repeatPassword', 'locale', 'dateFormat'];
  const others = Object.keys(json).filter((name) => !allowed.includes(name));
  if (others.length === 0) return;
  const message = 'You have no permission to update these fields.';
  throw validationFailed([
    parameterError('not.enough.permission.to.update.fields', others.join(','), message),
  ]);
}

async function changeRoles(
  tx: Transaction,
  user: AuthenticatedUser,
  userId: number,
  wanted: readonly number[] | undefined,
): Promise<{ roles?: number[] }> {
  if (wanted === undefined) return {};
  if (wanted.length === 0)
    throw invalidField('user', 'roles', 'cannot.be.empty', 'The parameter roles must not be empty.');
  const roles = [...new Set(wanted)].sort((a, b) => a - b);
  const rows = await tx.rows<{ id: number }>(
    sql`select role_id as id from user_roles where user_id = ${userId} order by role_id`,
  );
  const current = rows.map(({ id }) => id);
  if (String(current) === String(roles)) return {};
  const added = roles.filter((id) => !current.includes(id));
  requireMayGrant(user, await permissionsOfRoles(tx, added));
  await setRoles(tx, userId, roles);
  await requireSomeoneInCharge(tx);
  return { roles };
}

async function setRoles(tx: Transaction, userId: number, roles: readonly number[]): Promise<void> {
  await tx.execute(
    sql`delete from user_roles where user_id = ${userId} and not (role_id = any(${roles}::bigint[]))`,
  );
  await tx.execute(sql`
    insert into user_roles (user_id, role_id) select ${userId}::bigint, unnest(${roles}::bigint[])
    on conflict do nothing`);
}

async function changePassword(
  tx: Transaction,
  userId: number,
  { fields, passwordHash }: LockedUser,
  { password, repeatPassword }: CommandInput<UpdateUser>['body'],
): Promise<{ passwordChanged?: true }> {
  if (password === undefined) return {};
  const hash = await newPasswordHash(password, repeatPassword, fields);
  if (passwordHash !== null && (await verifyPassword(password, passwordHash))) {
    throw dataIntegrity('error.msg.password.already.used', 'password', 'This is the current password.');
  }
  await tx.execute(sql`update users set password_hash = ${hash} where id = ${userId}`);
  return { passwordChanged: true };
}

/** The row stays, for the audit log names it; its name becomes free and nobody can log in with it. */
export async function deleteUser({ tx, user }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const userId = pathId(input, 'userId', 'user');
  const { fields } = await lockUser(tx, user, userId);
  if (user.id === userId) {
    throw domainRule('error.msg.user.cannot.delete.self', 'Users cannot delete themselves.');
  }
  requireMayManage(user, await permissionsOfUser(tx, userId));
  await tx.execute(sql`
    update users
       set deleted = true, enabled = false, password_hash = null, username = id || '_DELETED_' || username
     where id = ${userId}`);
  await tx.execute(sql`delete from user_roles where user_id = ${userId}`);
  await requireSomeoneInCharge(tx);
  return { officeId: fields.officeId, resourceId: userId };
}

async function lockUser(tx: Transaction, user: AuthenticatedUser, userId: number): Promise<LockedUser> {
  const row = await tx.rowOrNull<UserFields & { passwordHash: string | null }>(sql`
    select username, firstname, lastname, email, office_id as "officeId", staff_id as "staffId",
           password_never_expires as "passwordNeverExpires", password_hash as "passwordHash"
      from users where id = ${userId} and not deleted and username <> ${SYSTEM_USERNAME} for update`);
  if (!row) throw notFound('user', userId);
  await requireOffice(tx, user, row.officeId);
  const { passwordHash, ...fields } = row;
  return { fields, passwordHash };
}

async function requireStaffOfOffice(
  tx: Transaction,
  user: AuthenticatedUser,
  staffId: number | undefined,
  officeId: number,
): Promise<void> {
  if (staffId === undefined) return;
  const staff = await requireStaff(tx, user, staffId);
  if (staff.officeId !== officeId) throw notFound('staff', staffId);
}
