/** What requests on users and roles may carry. */
import { body, f } from '../kernel/index.ts';

/** The identity provider's limit too: what the bank takes, it must take. */
const PASSWORD_LENGTH_MAX = 128;

const password = {
  password: f.text({ secret: true, maxLength: PASSWORD_LENGTH_MAX }),
  repeatPassword: f.text({ secret: true, maxLength: PASSWORD_LENGTH_MAX }),
};

export const createUserBody = body('user', {
  username: f.text({ required: true, maxLength: 100 }),
  firstname: f.text({ required: true, maxLength: 100 }),
  lastname: f.text({ required: true, maxLength: 100 }),
  email: f.text({ maxLength: 100 }),
  officeId: f.id({ required: true }),
  staffId: f.id(),
  roles: f.list(f.id(), { required: true, maxLength: 100 }),
  sendPasswordToEmail: f.boolean({ required: true }),
  passwordNeverExpires: f.boolean(),
  ...password,
});
export type CreateUser = (typeof createUserBody)['fields'];

export const updateUserBody = body('user', {
  username: f.text({ notBlank: true, maxLength: 100 }),
  firstname: f.text({ notBlank: true, maxLength: 100 }),
  lastname: f.text({ notBlank: true, maxLength: 100 }),
  email: f.text({ maxLength: 100 }),
  officeId: f.id(),
  staffId: f.id(),
  roles: f.list(f.id(), { maxLength: 100 }),
  sendPasswordToEmail: f.boolean(),
  passwordNeverExpires: f.boolean(),
  ...password,
});
export type UpdateUser = (typeof updateUserBody)['fields'];

export const createRoleBody = body('role', {
  name: f.text({ required: true, maxLength: 100 }),
  description: f.text({ required: true, maxLength: 500 }),
});
export type CreateRole = (typeof createRoleBody)['fields'];

export const updateRoleBody = body('role', { description: f.text({ required: true, maxLength: 500 }) });
export type UpdateRole = (typeof updateRoleBody)['fields'];

export const rolePermissionsBody = body('role', { permissions: f.flags({ required: true }) });
export type RolePermissions = (typeof rolePermissionsBody)['fields'];
