/** What requests on the organisation may carry. */
import { body, f } from '../kernel/index.ts';

export const createOfficeBody = body('office', {
  name: f.text({ required: true, maxLength: 100 }),
  parentId: f.id(),
  openingDate: f.date({ required: true }),
  externalId: f.text({ maxLength: 100 }),
});
export type CreateOffice = (typeof createOfficeBody)['fields'];

export const updateOfficeBody = body('office', {
  name: f.text({ notBlank: true, maxLength: 100 }),
  parentId: f.id(),
  openingDate: f.date(),
  externalId: f.text({ maxLength: 100 }),
});
export type UpdateOffice = (typeof updateOfficeBody)['fields'];

const staffDetails = {
  mobileNo: f.text({ maxLength: 50 }),
  externalId: f.text({ maxLength: 100 }),
  isLoanOfficer: f.boolean(),
  isActive: f.boolean(),
};

export const createStaffBody = body('staff', {
  officeId: f.id({ required: true }),
  firstname: f.text({ required: true, maxLength: 50 }),
  lastname: f.text({ required: true, maxLength: 50 }),
  joiningDate: f.date({ required: true }),
  ...staffDetails,
});
export type CreateStaff = (typeof createStaffBody)['fields'];

export const updateStaffBody = body('staff', {
  officeId: f.id(),
  firstname: f.text({ notBlank: true, maxLength: 50 }),
  lastname: f.text({ notBlank: true, maxLength: 50 }),
  joiningDate: f.date(),
  ...staffDetails,
});
export type UpdateStaff = (typeof updateStaffBody)['fields'];

export const updateCurrenciesBody = body('currencies', {
  currencies: f.list(f.text({ required: true, maxLength: 3 }), { required: true, maxLength: 200 }),
});
export type UpdateCurrencies = (typeof updateCurrenciesBody)['fields'];

const paymentTypeDetails = {
  description: f.text({ maxLength: 500 }),
  isCashPayment: f.boolean(),
  position: f.integer({ min: 0, max: 1_000_000 }),
};

export const createPaymentTypeBody = body('paymenttype', {
  name: f.text({ required: true, maxLength: 100 }),
  ...paymentTypeDetails,
});
export type CreatePaymentType = (typeof createPaymentTypeBody)['fields'];

export const updatePaymentTypeBody = body('paymenttype', {
  name: f.text({ notBlank: true, maxLength: 100 }),
  ...paymentTypeDetails,
});
export type UpdatePaymentType = (typeof updatePaymentTypeBody)['fields'];
