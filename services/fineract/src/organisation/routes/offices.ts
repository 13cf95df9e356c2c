import { command, query } from '../../kernel/index.ts';
import { createOfficeBody, updateOfficeBody } from '../bodies.ts';
import { createOffice, updateOffice } from '../commands/offices.ts';
import { listOffices, officeTemplate, readOffice } from '../queries/offices.ts';

const grouping = 'organisation';
const entity = 'OFFICE';
const permission = 'READ_OFFICE';

const update = {
  method: 'PUT',
  action: 'UPDATE',
  entity,
  grouping,
  body: updateOfficeBody,
  event: 'office.updated',
  // A moved office changes what its users see.
  changesMemory: true,
  run: updateOffice,
} as const;

export const officeCommands = [
  command({
    method: 'POST',
    path: '/offices',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Create an office',
    body: createOfficeBody,
    event: 'office.created',
    creates: true,
    run: createOffice,
  }),
  command({ ...update, path: '/offices/:officeId', summary: 'Update or move an office' }),
  command({
    ...update,
    path: '/offices/external-id/:externalId',
    summary: 'Update or move an office by its external id',
  }),
];

export const officeQueries = [
  query({
    path: '/offices',
    summary: 'List offices',
    grouping,
    permission,
    parameters: ['orderBy', 'sortOrder'],
    run: listOffices,
  }),
  query({
    path: '/offices/template',
    summary: 'What a new office may choose from',
    grouping,
    permission,
    run: officeTemplate,
  }),
  query({
    path: '/offices/:officeId',
    summary: 'Read an office',
    grouping,
    permission,
    parameters: ['template'],
    run: readOffice,
  }),
  query({
    path: '/offices/external-id/:externalId',
    summary: 'Read an office by its external id',
    grouping,
    permission,
    parameters: ['template'],
    run: readOffice,
  }),
];
