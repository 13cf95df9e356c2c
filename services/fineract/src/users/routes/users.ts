import { body, type CommandResult, command, query } from '../../kernel/index.ts';
import { createUserBody, updateUserBody } from '../bodies.ts';
import { createUser, deleteUser, updateUser } from '../commands/users.ts';
import { listUsers, readUser, userTemplate } from '../queries/users.ts';

const grouping = 'authorisation';
const entity = 'USER';
const permission = 'READ_USER';

/** A change of the password alone has a name of its own, for those who keep sessions and other log-ins in step. */
function updateEvent({ changes = {} }: CommandResult): string {
  const names = Object.keys(changes);
  return names.length === 1 && names[0] === 'passwordChanged' ? 'user.password-changed' : 'user.updated';
}

export const userCommands = [
  command({
    method: 'POST',
    path: '/users',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Create a user',
    body: createUserBody,
    event: 'user.created',
    creates: true,
    changesMemory: true,
    run: createUser,
  }),
  command({
    method: 'PUT',
    path: '/users/:userId',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Update a user; users may always set their own password',
    body: updateUserBody,
    event: updateEvent,
    changesMemory: true,
    allowedToSelf: (user, { params }) => params['userId'] === String(user.id),
    run: updateUser,
  }),
  command({
    method: 'DELETE',
    path: '/users/:userId',
    action: 'DELETE',
    entity,
    grouping,
    summary: 'Delete a user; the audit log keeps the name',
    body: body('user', {}),
    event: 'user.deleted',
    changesMemory: true,
    run: deleteUser,
  }),
];

export const userQueries = [
  query({ path: '/users', summary: 'List users', grouping, permission, run: listUsers }),
  query({
    path: '/users/template',
    summary: 'What a new user may choose from',
    grouping,
    permission,
    run: userTemplate,
  }),
  query({
    path: '/users/:userId',
    summary: 'Read a user',
    grouping,
    permission,
    parameters: ['template'],
    run: readUser,
  }),
];
