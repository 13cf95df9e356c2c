/** HTTP shape of clients: paths, permissions, events. */
import { type CommandResult, command, query } from '../kernel/index.ts';
import { activateClientBody, createClientBody } from './bodies.ts';
import { activateClient, createClient } from './commands.ts';
import { listClients, readClient } from './queries.ts';

const grouping = 'portfolio';
const entity = 'CLIENT';
const invalidates = ({ clientId }: CommandResult) => [`clients:${clientId}`];

export const commands = [
  command({
    method: 'POST',
    path: '/clients',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Create a client',
    body: createClientBody,
    event: 'client.created',
    creates: true,
    invalidates,
    run: createClient,
  }),
  command({
    method: 'POST',
    path: '/clients/:clientId',
    command: 'activate',
    action: 'ACTIVATE',
    entity,
    grouping,
    summary: 'Activate a pending client',
    body: activateClientBody,
    event: 'client.activated',
    invalidates,
    run: activateClient,
  }),
];

export const queries = [
  query({
    path: '/clients',
    summary: 'List and filter clients',
    grouping,
    permission: 'READ_CLIENT',
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
    path: '/clients/:clientId',
    summary: 'Read a client',
    grouping,
    permission: 'READ_CLIENT',
    cacheKey: ({ params }) =>
      /^\d{1,15}$/.test(params['clientId'] ?? '') ? `clients:${params['clientId']}` : null,
    run: readClient,
  }),
];
