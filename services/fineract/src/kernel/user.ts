/** Who asks, what they may do, and which offices they may see. */
import { notAuthorized } from './errors.ts';

export interface AuthenticatedUser {
  readonly id: number;
  readonly username: string;
  readonly officeId: number;
  readonly officeName: string;
  /** The path of the user's office in the tree (`.1.4.`): they see this office and all below it. */
  readonly officeHierarchy: string;
  readonly staffId: number | null;
  readonly staffDisplayName: string | null;
  readonly roles: readonly UserRole[];
  readonly permissions: ReadonlySet<string>;
}

export interface UserWithPassword {
  readonly user: AuthenticatedUser;
  /** `null` for users who log in through the identity provider alone. */
  readonly passwordHash: string | null;
}

export interface UserRole {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly disabled: boolean;
}

/** `ALL_FUNCTIONS` passes everything, `ALL_FUNCTIONS_READ` every read, as in Fineract. */
export function mayDo(user: AuthenticatedUser, permission: string): boolean {
  return (
    user.permissions.has(permission) ||
    user.permissions.has('ALL_FUNCTIONS') ||
    (permission.startsWith('READ_') && user.permissions.has('ALL_FUNCTIONS_READ'))
  );
}

/** @throws ApiError 403 */
export function requirePermission(user: AuthenticatedUser, permission: string): void {
  if (!mayDo(user, permission)) throw notAuthorized(permission);
}

/** Whether a record of an office with this hierarchy lies in what the user may see. */
export function maySeeOffice(user: AuthenticatedUser, officeHierarchy: string): boolean {
  return officeHierarchy.startsWith(user.officeHierarchy);
}

/** @throws ApiError 403 when the record belongs to an office outside the user's part of the tree */
export function requireOfficeScope(user: AuthenticatedUser, officeHierarchy: string): void {
  if (!maySeeOffice(user, officeHierarchy)) throw notAuthorized('access data of this office');
}
