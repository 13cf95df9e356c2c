/** HTTP shape of configurations and business dates. */
import { command, query } from '../../kernel/index.ts';
import { businessDateBody, configurationBody } from '../bodies.ts';
import { updateBusinessDate, updateConfiguration } from '../commands/settings.ts';
import {
  listBusinessDates,
  listConfigurations,
  readBusinessDate,
  readConfiguration,
  readConfigurationByName,
} from '../queries/settings.ts';

const grouping = 'configuration';
const permission = 'READ_CONFIGURATION';

const update = {
  method: 'PUT',
  action: 'UPDATE',
  entity: 'CONFIGURATION',
  grouping,
  body: configurationBody,
  event: 'configuration.updated',
  // It may be the one that brings the stored business date into force.
  changesMemory: true,
  run: updateConfiguration,
} as const;

export const settingsCommands = [
  command({ ...update, path: '/configurations/:configId', summary: 'Change a configuration' }),
  command({
    ...update,
    path: '/configurations/name/:configName',
    summary: 'Change a configuration by its name',
  }),
  command({
    method: 'POST',
    path: '/businessdate',
    action: 'UPDATE',
    entity: 'BUSINESS_DATE',
    grouping: 'organisation',
    summary: 'Set the business date or the close-of-business date',
    body: businessDateBody,
    event: 'businessdate.updated',
    aggregateId: ({ resourceIdentifier }) => resourceIdentifier,
    changesMemory: true,
    run: updateBusinessDate,
  }),
];

export const settingsQueries = [
  query({
    path: '/configurations',
    summary: 'List configurations',
    grouping,
    permission,
    run: listConfigurations,
  }),
  query({
    path: '/configurations/:configId',
    summary: 'Read a configuration',
    grouping,
    permission,
    run: readConfiguration,
  }),
  query({
    path: '/configurations/name/:configName',
    summary: 'Read a configuration by its name',
    grouping,
    permission,
    run: readConfigurationByName,
  }),
  query({
    path: '/businessdate',
    summary: 'Read both business dates',
    grouping: 'organisation',
    permission: 'READ_BUSINESS_DATE',
    run: listBusinessDates,
  }),
  query({
    path: '/businessdate/:type',
    summary: 'Read one business date',
    grouping: 'organisation',
    permission: 'READ_BUSINESS_DATE',
    run: readBusinessDate,
  }),
];
