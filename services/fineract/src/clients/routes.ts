/** HTTP shape of clients: paths, permissions, events. Each operation is reached by number and by external id. */
import { body, type CommandResult, command, query } from '../kernel/index.ts';
import {
  activateClientBody,
  assignStaffBody,
  closeClientBody,
  createClientBody,
  reactivateClientBody,
  rejectClientBody,
  searchClientsBody,
  updateClientBody,
  withdrawClientBody,
} from './bodies.ts';
import { createClient } from './commands/create-client.ts';
import {
  activateClient,
  closeClient,
  reactivateClient,
  rejectClient,
  withdrawClient,
} from './commands/lifecycle.ts';
import { assignStaff, deleteClient, unassignStaff, updateClient } from './commands/update-client.ts';
import { listClients, readClient, readClientAccounts } from './queries/clients.ts';
import { searchClients } from './queries/search.ts';
import { clientTemplate } from './queries/template.ts';

const grouping = 'portfolio';
const entity = 'CLIENT';
const permission = 'READ_CLIENT';
const PATHS = ['/clients/:clientId', '/clients/external-id/:externalId'] as const;

const shared = {
  entity,
  grouping,
  invalidates: ({ clientId }: CommandResult) => [`clients:${clientId}`],
} as const;

const onOneClient = PATHS.flatMap((path) => [
  command({
    ...shared,
    method: 'PUT',
    path,
    action: 'UPDATE',
    summary: 'Update a client',
    body: updateClientBody,
    event: 'client.updated',
    run: updateClient,
  }),
  command({
    ...shared,
    method: 'DELETE',
    path,
    action: 'DELETE',
    summary: 'Delete a pending client',
    body: body('client', {}),
    event: 'client.deleted',
    run: deleteClient,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'activate',
    action: 'ACTIVATE',
    summary: 'Activate a pending client',
    body: activateClientBody,
    event: 'client.activated',
    run: activateClient,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'close',
    action: 'CLOSE',
    summary: 'Close a client without open accounts',
    body: closeClientBody,
    event: 'client.closed',
    run: closeClient,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'reject',
    action: 'REJECT',
    summary: 'Reject a pending client',
    body: rejectClientBody,
    event: 'client.rejected',
    run: rejectClient,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'withdraw',
    action: 'WITHDRAW',
    summary: 'Withdraw the application of a pending client',
    body: withdrawClientBody,
    event: 'client.withdrawn',
    run: withdrawClient,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'reactivate',
    action: 'REACTIVATE',
    summary: 'Take a closed client back, as pending',
    body: reactivateClientBody,
    event: 'client.reactivated',
    run: reactivateClient,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'assignStaff',
    action: 'ASSIGNSTAFF',
    summary: 'Say who looks after a client',
    body: assignStaffBody,
    event: 'client.staff-assigned',
    run: assignStaff,
  }),
  command({
    ...shared,
    method: 'POST',
    path,
    command: 'unassignStaff',
    action: 'UNASSIGNSTAFF',
    summary: 'Say that they no longer do',
    body: assignStaffBody,
    event: 'client.staff-unassigned',
    run: unassignStaff,
  }),
]);

export const commands = [
  command({
    ...shared,
    method: 'POST',
    path: '/clients',
    action: 'CREATE',
    summary: 'Create a client',
    body: createClientBody,
    event: 'client.created',
    creates: true,
    run: createClient,
  }),
  ...onOneClient,
];

const readsOfOneClient = PATHS.flatMap((path) => [
  query({
    path,
    summary: 'Read a client',
    grouping,
    permission,
    cacheKey: ({ params }) =>
      /^\d{1,15}$/.test(params['clientId'] ?? '') ? `clients:${params['clientId']}` : null,
    run: readClient,
  }),
  query({
    path: `${path}/accounts`,
    summary: 'List the accounts of a client',
    grouping,
    permission,
    run: readClientAccounts,
  }),
]);

export const queries = [
  query({
    path: '/clients',
    summary: 'List and filter clients',
    grouping,
    permission,
    parameters: [
      'offset',
      'limit',
      'orderBy',
      'sortOrder',
      'officeId',
      'status',
      'externalId',
      'displayName',
      'firstName',
      'lastName',
    ],
    run: listClients,
  }),
  query({
    path: '/clients/template',
    summary: 'What a new client may choose from; with command, the reasons for it',
    grouping,
    permission,
    parameters: ['officeId', 'staffInSelectedOfficeOnly', 'command'],
    run: clientTemplate,
  }),
  ...readsOfOneClient,
  query({
    method: 'POST',
    version: 'v2',
    path: '/clients/search',
    summary: 'Search clients, by pages',
    grouping,
    permission,
    body: searchClientsBody,
    run: searchClients,
  }),
];
