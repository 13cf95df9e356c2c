import { command, query } from '../../kernel/index.ts';
import { createStaffBody, updateStaffBody } from '../bodies.ts';
import { createStaff, updateStaff } from '../commands/staff.ts';
import { listStaff, readStaff } from '../queries/staff.ts';

const grouping = 'organisation';
const entity = 'STAFF';
const permission = 'READ_STAFF';

export const staffCommands = [
  command({
    method: 'POST',
    path: '/staff',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Create a member of the staff',
    body: createStaffBody,
    event: 'staff.created',
    creates: true,
    run: createStaff,
  }),
  command({
    method: 'PUT',
    path: '/staff/:staffId',
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Update a member of the staff',
    body: updateStaffBody,
    event: 'staff.updated',
    changesMemory: true,
    run: updateStaff,
  }),
];

export const staffQueries = [
  query({
    path: '/staff',
    summary: 'List the staff',
    grouping,
    permission,
    parameters: ['officeId', 'status', 'staffInOfficeHierarchy', 'loanOfficersOnly'],
    run: listStaff,
  }),
  query({
    path: '/staff/:staffId',
    summary: 'Read a member of the staff',
    grouping,
    permission,
    parameters: ['template'],
    run: readStaff,
  }),
];
