import { queryOptions } from '@tanstack/react-query';
import { type Amount, type DateParts, type EnumOption, get } from '../../../shared/api.ts';
import type { Currency } from '../../../shared/format.ts';

export interface SavingsAccount {
  readonly id: number;
  readonly accountNo: string;
  readonly clientId: number;
  readonly clientName: string;
  readonly savingsProductName: string;
  readonly status: EnumOption & { readonly active: boolean };
  readonly currency: Currency;
  readonly nominalAnnualInterestRate: Amount;
  readonly summary?: {
    readonly accountBalance: Amount;
    readonly availableBalance?: Amount;
    readonly totalDeposits?: Amount;
    readonly totalWithdrawals?: Amount;
    readonly totalInterestPosted?: Amount;
  };
  readonly transactions?: readonly SavingsTransaction[];
}

export interface SavingsTransaction {
  readonly id: number;
  readonly transactionType: EnumOption & { readonly deposit: boolean; readonly withdrawal: boolean };
  readonly date: DateParts;
  readonly amount: Amount;
  readonly runningBalance: Amount;
  readonly reversed: boolean;
  readonly note?: string;
}

export function accountQuery(savingsId: string) {
  return queryOptions({
    queryKey: ['savings', savingsId],
    queryFn: () => get<SavingsAccount>(`/savingsaccounts/${savingsId}?associations=all`),
  });
}
