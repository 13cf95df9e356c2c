/** What requests on the general ledger may carry. */
import { body, f } from '../kernel/index.ts';

const glAccountDetails = {
  parentId: f.id(),
  description: f.text({ maxLength: 500 }),
  disabled: f.boolean(),
  tagId: f.id(),
};

export const createGlAccountBody = body('GLAccount', {
  name: f.text({ required: true, maxLength: 200 }),
  glCode: f.text({ required: true, maxLength: 45 }),
  type: f.integer({ required: true, oneOf: [1, 2, 3, 4, 5] }),
  usage: f.integer({ required: true, oneOf: [1, 2] }),
  manualEntriesAllowed: f.boolean({ required: true }),
  ...glAccountDetails,
});
export type CreateGlAccount = (typeof createGlAccountBody)['fields'];

export const updateGlAccountBody = body('GLAccount', {
  name: f.text({ maxLength: 200, notBlank: true }),
  glCode: f.text({ maxLength: 45, notBlank: true }),
  type: f.integer({ oneOf: [1, 2, 3, 4, 5] }),
  usage: f.integer({ oneOf: [1, 2] }),
  manualEntriesAllowed: f.boolean(),
  ...glAccountDetails,
});
export type UpdateGlAccount = (typeof updateGlAccountBody)['fields'];

const line = f.object({
  glAccountId: f.id({ required: true }),
  amount: f.amount({ required: true, sign: 'positive' }),
  comments: f.text({ maxLength: 500 }),
});

export const createJournalBody = body('GLJournalEntry', {
  officeId: f.id({ required: true }),
  transactionDate: f.date({ required: true }),
  currencyCode: f.text({ required: true, maxLength: 3 }),
  debits: f.list(line, { required: true, maxLength: 500 }),
  credits: f.list(line, { required: true, maxLength: 500 }),
  comments: f.text({ maxLength: 500 }),
  referenceNumber: f.text({ maxLength: 100 }),
  paymentTypeId: f.id(),
  accountNumber: f.text({ maxLength: 50 }),
  checkNumber: f.text({ maxLength: 50 }),
  routingCode: f.text({ maxLength: 50 }),
  receiptNumber: f.text({ maxLength: 50 }),
  bankNumber: f.text({ maxLength: 50 }),
});
export type CreateJournal = (typeof createJournalBody)['fields'];

export const reverseJournalBody = body('GLJournalEntry', { comments: f.text({ maxLength: 500 }) });
export type ReverseJournal = (typeof reverseJournalBody)['fields'];

export const createClosureBody = body('GLClosure', {
  officeId: f.id({ required: true }),
  closingDate: f.date({ required: true }),
  comments: f.text({ maxLength: 500 }),
});
export type CreateClosure = (typeof createClosureBody)['fields'];

export const updateClosureBody = body('GLClosure', { comments: f.text({ maxLength: 500 }) });
export type UpdateClosure = (typeof updateClosureBody)['fields'];

export const noBody = body('GLAccount', {});
