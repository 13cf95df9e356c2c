/** HTTP shape of charge definitions. */
import { body, command, query } from '../kernel/index.ts';
import { createChargeBody, updateChargeBody } from './bodies.ts';
import { createCharge, deleteCharge, updateCharge } from './commands.ts';
import { chargeTemplate, listCharges, readCharge } from './queries.ts';

const grouping = 'organisation';
const entity = 'CHARGE';
const permission = 'READ_CHARGE';

export const commands = [
  command({
    method: 'POST',
    path: '/charges',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Define a charge',
    body: createChargeBody,
    event: 'charge.created',
    creates: true,
    run: createCharge,
  }),
  command({
    method: 'PUT',
    path: '/charges/:chargeId',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Change a charge definition',
    body: updateChargeBody,
    event: 'charge.updated',
    run: updateCharge,
  }),
  command({
    method: 'DELETE',
    path: '/charges/:chargeId',
    action: 'DELETE',
    entity,
    grouping,
    summary: 'Delete a charge definition that nothing uses',
    body: body('charge', {}),
    event: 'charge.deleted',
    run: deleteCharge,
  }),
];

export const queries = [
  query({ path: '/charges', summary: 'List charge definitions', grouping, permission, run: listCharges }),
  query({
    path: '/charges/template',
    summary: 'What a new charge may choose from',
    grouping,
    permission,
    run: chargeTemplate,
  }),
  query({
    path: '/charges/:chargeId',
    summary: 'Read a charge definition',
    grouping,
    permission,
    parameters: ['template'],
    run: readCharge,
  }),
];
