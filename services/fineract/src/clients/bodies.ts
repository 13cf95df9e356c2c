/** What requests on clients may carry. */
import { body, f } from '../kernel/index.ts';

export const SEARCH_ORDER = [
  'id',
  'displayName',
  'externalId',
  'accountNumber',
  'officeId',
  'officeName',
  'mobileNo',
  'status',
  'activationDate',
  'createdDate',
] as const;

const names = {
  firstname: f.text({ maxLength: 50 }),
  middlename: f.text({ maxLength: 50 }),
  lastname: f.text({ maxLength: 50 }),
  fullname: f.text({ maxLength: 160 }),
};

const details = {
  externalId: f.text({ maxLength: 100 }),
  accountNo: f.text({ maxLength: 20 }),
  mobileNo: f.text({ maxLength: 50 }),
  emailAddress: f.text({ maxLength: 150 }),
  dateOfBirth: f.date(),
  genderId: f.id(),
  staffId: f.id(),
  legalFormId: f.integer({ oneOf: [1, 2] }),
};

export const createClientBody = body('client', {
  officeId: f.id({ required: true }),
  active: f.boolean(),
  activationDate: f.date(),
  submittedOnDate: f.date(),
  ...names,
  ...details,
});
export type CreateClient = (typeof createClientBody)['fields'];

export const activateClientBody = body('client', { activationDate: f.date({ required: true }) });
export type ActivateClient = (typeof activateClientBody)['fields'];

export const updateClientBody = body('client', { ...names, ...details });
export type UpdateClient = (typeof updateClientBody)['fields'];

export const closeClientBody = body('client', {
  closureDate: f.date({ required: true }),
  closureReasonId: f.id({ required: true }),
});
export type CloseClient = (typeof closeClientBody)['fields'];

export const rejectClientBody = body('client', {
  rejectionDate: f.date({ required: true }),
  rejectionReasonId: f.id({ required: true }),
});
export type RejectClient = (typeof rejectClientBody)['fields'];

export const withdrawClientBody = body('client', {
  withdrawalDate: f.date({ required: true }),
  withdrawalReasonId: f.id({ required: true }),
});
export type WithdrawClient = (typeof withdrawClientBody)['fields'];

export const reactivateClientBody = body('client', { reactivationDate: f.date({ required: true }) });
export type ReactivateClient = (typeof reactivateClientBody)['fields'];

export const assignStaffBody = body('client', { staffId: f.id({ required: true }) });
export type AssignStaff = (typeof assignStaffBody)['fields'];

/** Fineract's second search: a page of clients whose name, number, external id or phone holds the text. */
export const searchClientsBody = body('client', {
  request: f.object({ text: f.text({ maxLength: 200 }) }),
  page: f.integer({ min: 0, max: 1_000_000 }),
  size: f.integer({ min: 1, max: 1_000 }),
  sorts: f.list(
    f.object({
      direction: f.text({ oneOf: ['ASC', 'DESC', 'asc', 'desc'] }),
      property: f.text({ required: true, oneOf: SEARCH_ORDER }),
    }),
    { maxLength: 5 },
  ),
});
export type SearchClients = (typeof searchClientsBody)['fields'];
