/** Kinds of savings transactions, with what each does to the balance. */
export const TransactionType = {
  deposit: 1,
  withdrawal: 2,
  interest: 3,
  withdrawalFee: 4,
  annualFee: 5,
  payCharge: 7,
  overdraftInterest: 17,
  hold: 20,
  release: 21,
} as const;
export type TransactionTypeId = (typeof TransactionType)[keyof typeof TransactionType];

interface Kind {
  /** The label of the metric and of imports. */
  readonly name: string;
  readonly code: string;
  readonly value: string;
  /** 1 raises the balance, -1 lowers it, 0 leaves it (holds move money within the account). */
  readonly sign: 1 | -1 | 0;
  readonly entryType: 'CREDIT' | 'DEBIT';
}

const CODE = 'savingsAccountTransactionType';
const KINDS: Readonly<Record<TransactionTypeId, Kind>> = {
  1: { name: 'deposit', code: `${CODE}.deposit`, value: 'Deposit', sign: 1, entryType: 'CREDIT' },
  2: { name: 'withdrawal', code: `${CODE}.withdrawal`, value: 'Withdrawal', sign: -1, entryType: 'DEBIT' },
  3: {
    name: 'interest',
    code: `${CODE}.interestPosting`,
    value: 'Interest posting',
    sign: 1,
    entryType: 'CREDIT',
  },
  4: {
    name: 'withdrawal_fee',
    code: `${CODE}.withdrawalFee`,
    value: 'Withdrawal fee',
    sign: -1,
    entryType: 'DEBIT',
  },
  5: { name: 'annual_fee', code: `${CODE}.annualFee`, value: 'Annual fee', sign: -1, entryType: 'DEBIT' },
  7: { name: 'fee', code: `${CODE}.payCharge`, value: 'Pay Charge', sign: -1, entryType: 'DEBIT' },
  17: {
    name: 'overdraft_interest',
    code: `${CODE}.overdraftInterest`,
    value: 'Overdraft Interest',
    sign: -1,
    entryType: 'DEBIT',
  },
  20: { name: 'hold', code: `${CODE}.onHold`, value: 'Amount on hold', sign: 0, entryType: 'DEBIT' },
  21: { name: 'release', code: `${CODE}.release`, value: 'Release Amount', sign: 0, entryType: 'CREDIT' },
};

export function kindOf(type: TransactionTypeId): Kind {
  return KINDS[type];
}

/** Fineract's transaction type object: the option with a flag per kind. */
export function transactionTypeOption(type: TransactionTypeId) {
  const { code, value } = KINDS[type];
  return {
    id: type,
    code,
    value,
    deposit: type === TransactionType.deposit,
    dividendPayout: false,
    withdrawal: type === TransactionType.withdrawal,
    interestPosting: type === TransactionType.interest,
    feeDeduction: isFee(type),
    initiateTransfer: false,
    approveTransfer: false,
    withdrawTransfer: false,
    rejectTransfer: false,
    overdraftInterest: type === TransactionType.overdraftInterest,
    writtenoff: false,
    overdraftFee: false,
    withholdTax: false,
    escheat: false,
    amountHold: type === TransactionType.hold,
    amountRelease: type === TransactionType.release,
    accrual: false,
  };
}

export function isFee(type: TransactionTypeId): boolean {
  return (
    type === TransactionType.withdrawalFee ||
    type === TransactionType.annualFee ||
    type === TransactionType.payCharge
  );
}
