/** Bulk imports: this bank's own addition to Fineract's API, for histories that other banks bring along. */
import { command } from '../kernel/index.ts';
import { IMPORT_BODY_LIMIT_BYTES, importClientsBody, importOfficesBody } from './bodies.ts';
import { importClients } from './clients.ts';
import { importOffices } from './offices.ts';

/** One audit row and one event stand for all rows of a request; the event names their ids. */
const shared = { grouping: 'organisation', bodyLimitBytes: IMPORT_BODY_LIMIT_BYTES } as const;

export const commands = [
  command({
    ...shared,
    method: 'POST',
    path: '/imports/offices',
    action: 'IMPORT',
    entity: 'OFFICE',
    summary:
      'Import up to 2,000 offices at once: all rows or none; problems name their row (`rows[12].name`); rows that are already there are skipped',
    body: importOfficesBody,
    event: 'office.imported',
    aggregateId: () => 'import',
    run: importOffices,
  }),
  command({
    ...shared,
    method: 'POST',
    path: '/imports/clients',
    action: 'IMPORT',
    entity: 'CLIENT',
    summary:
      'Import up to 2,000 clients at once: all rows or none; problems name their row; rows that are already there are skipped',
    body: importClientsBody,
    event: 'client.imported',
    aggregateId: () => 'import',
    run: importClients,
  }),
];
