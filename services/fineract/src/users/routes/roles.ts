import { body, command, query } from '../../kernel/index.ts';
import { createRoleBody, rolePermissionsBody, updateRoleBody } from '../bodies.ts';
import {
  createRole,
  deleteRole,
  disableRole,
  enableRole,
  setRolePermissions,
  updateRole,
} from '../commands/roles.ts';
import { listPermissions, listRoles, readRole, readRolePermissions } from '../queries/roles.ts';

const grouping = 'authorisation';
const entity = 'ROLE';
const permission = 'READ_ROLE';
const nothing = body('role', {});

export const roleCommands = [
  command({
    method: 'POST',
    path: '/roles',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Create a role',
    body: createRoleBody,
    event: 'role.created',
    creates: true,
    run: createRole,
  }),
  command({
    method: 'PUT',
    path: '/roles/:roleId',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Update the description of a role',
    body: updateRoleBody,
    event: 'role.updated',
    changesMemory: true,
    run: updateRole,
  }),
  command({
    method: 'DELETE',
    path: '/roles/:roleId',
    action: 'DELETE',
    entity,
    grouping,
    summary: 'Delete a role that no user has',
    body: nothing,
    event: 'role.deleted',
    run: deleteRole,
  }),
  command({
    method: 'POST',
    path: '/roles/:roleId',
    command: 'enable',
    action: 'ENABLE',
    entity,
    grouping,
    summary: 'Put a role in force again',
    body: nothing,
    event: 'role.enabled',
    changesMemory: true,
    run: enableRole,
  }),
  command({
    method: 'POST',
    path: '/roles/:roleId',
    command: 'disable',
    action: 'DISABLE',
    entity,
    grouping,
    summary: 'Put a role that no user has out of force',
    body: nothing,
    event: 'role.disabled',
    changesMemory: true,
    run: disableRole,
  }),
  command({
    method: 'PUT',
    path: '/roles/:roleId/permissions',
    action: 'PERMISSIONS',
    entity,
    grouping,
    summary: 'Set permissions of a role on or off',
    body: rolePermissionsBody,
    event: 'role.permissions-changed',
    changesMemory: true,
    run: setRolePermissions,
  }),
];

export const roleQueries = [
  query({ path: '/roles', summary: 'List roles', grouping, permission, run: listRoles }),
  query({ path: '/roles/:roleId', summary: 'Read a role', grouping, permission, run: readRole }),
  query({
    path: '/roles/:roleId/permissions',
    summary: 'Read what a role gives',
    grouping,
    permission,
    run: readRolePermissions,
  }),
  query({
    path: '/permissions',
    summary: 'List all permissions',
    grouping,
    permission: 'READ_PERMISSION',
    parameters: ['makerCheckerable'],
    run: listPermissions,
  }),
];
