import { body, command, query } from '../../kernel/index.ts';
import { codeBody, createCodeValueBody, updateCodeValueBody } from '../bodies.ts';
import {
  createCode,
  createCodeValue,
  deleteCode,
  deleteCodeValue,
  updateCode,
  updateCodeValue,
} from '../commands/codes.ts';
import { listCodes, listCodeValues, readCode, readCodeValue } from '../queries/codes.ts';

const grouping = 'organisation';
const values = '/codes/:codeId/codevalues';

export const codeCommands = [
  command({
    method: 'POST',
    path: '/codes',
    action: 'CREATE',
    entity: 'CODE',
    grouping,
    summary: 'Create a code',
    body: codeBody,
    event: 'code.created',
    creates: true,
    run: createCode,
  }),
  command({
    method: 'PUT',
    path: '/codes/:codeId',
    action: 'UPDATE',
    entity: 'CODE',
    grouping,
    summary: 'Rename a code',
    body: codeBody,
    event: 'code.updated',
    run: updateCode,
  }),
  command({
    method: 'DELETE',
    path: '/codes/:codeId',
    action: 'DELETE',
    entity: 'CODE',
    grouping,
    summary: 'Delete a code and its values',
    body: body('code', {}),
    event: 'code.deleted',
    run: deleteCode,
  }),
  command({
    method: 'POST',
    path: values,
    action: 'CREATE',
    entity: 'CODEVALUE',
    grouping,
    summary: 'Add a value to a code',
    body: createCodeValueBody,
    event: 'codevalue.created',
    aggregateId: ({ subResourceId }) => subResourceId,
    run: createCodeValue,
  }),
  command({
    method: 'PUT',
    path: `${values}/:codeValueId`,
    action: 'UPDATE',
    entity: 'CODEVALUE',
    grouping,
    summary: 'Change a value of a code',
    body: updateCodeValueBody,
    event: 'codevalue.updated',
    run: updateCodeValue,
  }),
  command({
    method: 'DELETE',
    path: `${values}/:codeValueId`,
    action: 'DELETE',
    entity: 'CODEVALUE',
    grouping,
    summary: 'Delete a value that nothing uses',
    body: body('code.value', {}),
    event: 'codevalue.deleted',
    aggregateId: ({ subResourceId }) => subResourceId,
    run: deleteCodeValue,
  }),
];

export const codeQueries = [
  query({ path: '/codes', summary: 'List codes', grouping, permission: 'READ_CODE', run: listCodes }),
  query({
    path: '/codes/:codeId',
    summary: 'Read a code',
    grouping,
    permission: 'READ_CODE',
    run: readCode,
  }),
  query({
    path: values,
    summary: 'List the values of a code',
    grouping,
    permission: 'READ_CODEVALUE',
    run: listCodeValues,
  }),
  query({
    path: `${values}/:codeValueId`,
    summary: 'Read a value of a code',
    grouping,
    permission: 'READ_CODEVALUE',
    run: readCodeValue,
  }),
];
