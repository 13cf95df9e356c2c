/** The life of a savings account: submitted, approved, active, closed; or withdrawn, rejected. */
export const AccountStatus = {
  submitted: 100,
  approved: 200,
  active: 300,
  withdrawn: 400,
  rejected: 500,
  closed: 600,
} as const;
export type AccountStatusId = (typeof AccountStatus)[keyof typeof AccountStatus];

const NAMES: Readonly<Record<AccountStatusId, readonly [code: string, value: string]>> = {
  100: ['savingsAccountStatusType.submitted.and.pending.approval', 'Submitted and pending approval'],
  200: ['savingsAccountStatusType.approved', 'Approved'],
  300: ['savingsAccountStatusType.active', 'Active'],
  400: ['savingsAccountStatusType.withdrawn.by.applicant', 'Withdrawn by applicant'],
  500: ['savingsAccountStatusType.rejected', 'Rejected'],
  600: ['savingsAccountStatusType.closed', 'Closed'],
};

/** Fineract's status object: the option with a flag per state. */
export function statusOption(id: AccountStatusId) {
  const [code, value] = NAMES[id];
  return {
    id,
    code,
    value,
    submittedAndPendingApproval: id === AccountStatus.submitted,
    approved: id === AccountStatus.approved,
    rejected: id === AccountStatus.rejected,
    withdrawnByApplicant: id === AccountStatus.withdrawn,
    active: id === AccountStatus.active,
    closed: id === AccountStatus.closed,
    prematureClosed: false,
    transferInProgress: false,
    transferOnHold: false,
    matured: false,
  };
}

/** No account is blocked, dormant or escheated here yet, so every sub-status is none. */
export const noSubStatus = {
  id: 0,
  code: 'SavingsAccountSubStatusEnum.none',
  value: 'None',
  none: true,
  inactive: false,
  dormant: false,
  escheat: false,
  block: false,
  blockCredit: false,
  blockDebit: false,
};
