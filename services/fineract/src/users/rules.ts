/** Who may give what to whom, without I/O. */
import { type AuthenticatedUser, invalidField, mayDo, notAuthorized } from '../kernel/index.ts';

/**
 * Nobody gives more than they have: not to themselves, not to others, not by way of a role (CVE-2024-23537).
 *
 * @throws ApiError 403 that names the first permission which the giver lacks
 */
export function requireMayGrant(giver: AuthenticatedUser, permissions: Iterable<string>): void {
  for (const permission of permissions) {
    if (!mayDo(giver, permission)) throw notAuthorized(`grant ${permission}, which you do not have`);
  }
}

/**
 * Nobody takes over a mightier account: setting its password or name would be a way to all it may do.
 *
 * @throws ApiError 403
 */
export function requireMayManage(manager: AuthenticatedUser, permissions: Iterable<string>): void {
  for (const permission of permissions) {
    if (!mayDo(manager, permission)) throw notAuthorized('change a user who may do more than you');
  }
}

/** @throws ApiError 400 for a name that HTTP Basic or an identity provider could not carry */
export function checkUsername(username: string): void {
  if (!/^[^\s:]+$/.test(username)) {
    throw invalidField('user', 'username', 'invalid', 'A username has no spaces and no colon.', username);
  }
}

/** @throws ApiError 400 for text that is no address of the form `name@host` */
export function checkEmail(email: string | null | undefined): void {
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw invalidField('user', 'email', 'invalid', 'The parameter email is not an e-mail address.');
  }
}
