/** What requests on clients may carry. */
import { body, f } from '../kernel/index.ts';

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
