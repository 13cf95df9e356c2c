/** What requests on savings products and accounts may carry. */
import { body, f } from '../kernel/index.ts';

const notNegative = { sign: 'notNegative' } as const;

/** Terms that an account may set for itself. */
const ownTerms = {
  nominalAnnualInterestRate: f.amount(notNegative),
  interestCompoundingPeriodType: f.integer({ oneOf: [1, 4, 5, 6, 7] }),
  interestPostingPeriodType: f.integer({ oneOf: [1, 4, 5, 6, 7] }),
  interestCalculationType: f.integer({ oneOf: [1, 2] }),
  interestCalculationDaysInYearType: f.integer({ oneOf: [360, 365] }),
  minRequiredOpeningBalance: f.amount(notNegative),
  lockinPeriodFrequency: f.integer({ min: 0, max: 10_000 }),
  lockinPeriodFrequencyType: f.integer({ oneOf: [0, 1, 2, 3] }),
  withdrawalFeeForTransfers: f.boolean(),
  allowOverdraft: f.boolean(),
  overdraftLimit: f.amount(notNegative),
  nominalAnnualInterestRateOverdraft: f.amount(notNegative),
  minOverdraftForInterestCalculation: f.amount(notNegative),
  enforceMinRequiredBalance: f.boolean(),
  minRequiredBalance: f.amount(),
  minBalanceForInterestCalculation: f.amount(notNegative),
};

const currency = {
  currencyCode: f.text({ maxLength: 3, notBlank: true }),
  digitsAfterDecimal: f.integer({ min: 0, max: 6 }),
  inMultiplesOf: f.integer({ min: 0 }),
};

/** What clients send as switched off; switching it on is refused, for nothing here would act on it. */
export const notOffered = {
  withHoldTax: f.boolean(),
  lienAllowed: f.boolean(),
  isDormancyTrackingActive: f.boolean(),
};

const ledger = {
  accountingRule: f.integer({ oneOf: [1, 2] }),
  savingsReferenceAccountId: f.id(),
  savingsControlAccountId: f.id(),
  interestOnSavingsAccountId: f.id(),
  incomeFromFeeAccountId: f.id(),
  incomeFromPenaltyAccountId: f.id(),
  transfersInSuspenseAccountId: f.id(),
  overdraftPortfolioControlId: f.id(),
  incomeFromInterestId: f.id(),
  writeOffAccountId: f.id(),
};

const productCharges = { charges: f.list(f.object({ id: f.id({ required: true }) }), { maxLength: 100 }) };

export const createProductBody = body('savingsproduct', {
  ...ownTerms,
  ...ledger,
  ...productCharges,
  ...notOffered,
  name: f.text({ required: true, maxLength: 100 }),
  shortName: f.text({ required: true, maxLength: 4 }),
  description: f.text({ maxLength: 500 }),
  currencyCode: f.text({ required: true, maxLength: 3 }),
  digitsAfterDecimal: f.integer({ required: true, min: 0, max: 6 }),
  inMultiplesOf: f.integer({ min: 0 }),
  nominalAnnualInterestRate: f.amount({ required: true, ...notNegative }),
  interestCompoundingPeriodType: f.integer({ required: true, oneOf: [1, 4, 5, 6, 7] }),
  interestPostingPeriodType: f.integer({ required: true, oneOf: [1, 4, 5, 6, 7] }),
  interestCalculationType: f.integer({ required: true, oneOf: [1, 2] }),
  interestCalculationDaysInYearType: f.integer({ required: true, oneOf: [360, 365] }),
  accountingRule: f.integer({ required: true, oneOf: [1, 2] }),
});
export type CreateProduct = (typeof createProductBody)['fields'];

export const updateProductBody = body('savingsproduct', {
  ...ownTerms,
  ...currency,
  ...ledger,
  ...productCharges,
  ...notOffered,
  name: f.text({ maxLength: 100, notBlank: true }),
  shortName: f.text({ maxLength: 4, notBlank: true }),
  description: f.text({ maxLength: 500 }),
});
export type UpdateProduct = (typeof updateProductBody)['fields'];

const charge = f.object({
  id: f.id(),
  chargeId: f.id({ required: true }),
  amount: f.amount({ sign: 'positive' }),
  dueDate: f.date(),
});

const application = {
  ...ownTerms,
  ...notOffered,
  externalId: f.text({ maxLength: 100 }),
  accountNo: f.text({ maxLength: 20 }),
  fieldOfficerId: f.id(),
  charges: f.list(charge, { maxLength: 100 }),
};

export const submitAccountBody = body('savingsaccount', {
  ...application,
  clientId: f.id({ required: true }),
  productId: f.id({ required: true }),
  submittedOnDate: f.date({ required: true }),
});
export type SubmitAccount = (typeof submitAccountBody)['fields'];

export const updateAccountBody = body('savingsaccount', {
  ...application,
  clientId: f.id(),
  productId: f.id(),
  submittedOnDate: f.date(),
});
export type UpdateAccount = (typeof updateAccountBody)['fields'];

const note = f.text({ maxLength: 1000 });
const payment = {
  paymentTypeId: f.id(),
  accountNumber: f.text({ maxLength: 50 }),
  checkNumber: f.text({ maxLength: 50 }),
  routingCode: f.text({ maxLength: 50 }),
  receiptNumber: f.text({ maxLength: 50 }),
  bankNumber: f.text({ maxLength: 50 }),
};

export const approveBody = body('savingsaccount', { approvedOnDate: f.date({ required: true }), note });
export const undoApprovalBody = body('savingsaccount', { note });
export const rejectBody = body('savingsaccount', { rejectedOnDate: f.date({ required: true }), note });
export const withdrawApplicationBody = body('savingsaccount', {
  withdrawnOnDate: f.date({ required: true }),
  note,
});
export const activateBody = body('savingsaccount', { activatedOnDate: f.date({ required: true }) });
export const closeBody = body('savingsaccount', {
  closedOnDate: f.date({ required: true }),
  withdrawBalance: f.boolean(),
  postInterestValidationOnClosure: f.boolean(),
  note,
  ...payment,
});
export const emptyBody = body('savingsaccount', {});
export type Approve = (typeof approveBody)['fields'];
export type Reject = (typeof rejectBody)['fields'];
export type WithdrawApplication = (typeof withdrawApplicationBody)['fields'];
export type Activate = (typeof activateBody)['fields'];
export type Close = (typeof closeBody)['fields'];

export const moneyBody = body('savingsaccount.transaction', {
  transactionDate: f.date({ required: true }),
  transactionAmount: f.amount({ required: true, sign: 'positive' }),
  externalId: f.text({ maxLength: 100 }),
  note,
  ...payment,
});
export type Money = (typeof moneyBody)['fields'];

export const holdBody = body('savingsaccount', {
  transactionDate: f.date({ required: true }),
  transactionAmount: f.amount({ required: true, sign: 'positive' }),
  reasonForBlock: f.text({ required: true, maxLength: 100 }),
  lienAllowed: f.boolean(),
});
export type Hold = (typeof holdBody)['fields'];

/** Fineract's web app sends the transaction's date and a zero amount along with an undo. */
export const undoBody = body('savingsaccount.transaction', {
  transactionDate: f.date(),
  transactionAmount: f.amount(),
  isBulk: f.boolean(),
  note,
});
export type Undo = (typeof undoBody)['fields'];

export const postInterestAsOnBody = body('savingsaccount', {
  transactionDate: f.date({ required: true }),
  isPostInterestAsOn: f.boolean(),
});
export type PostInterestAsOn = (typeof postInterestAsOnBody)['fields'];
