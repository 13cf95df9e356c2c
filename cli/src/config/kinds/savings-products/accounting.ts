/** Which field of the API, and of its answer, each account of the mapping is. */
import type { Accounting } from './schema.ts';

interface Place {
  /** In requests. */
  readonly request: string;
  /** Below `accountingMappings` of an answer. */
  readonly answer: string;
}

const PLACES: Readonly<Record<keyof Accounting, Place>> = {
  savingsReference: { request: 'savingsReferenceAccountId', answer: 'savingsReferenceAccount' },
  savingsControl: { request: 'savingsControlAccountId', answer: 'savingsControlAccount' },
  interestOnSavings: { request: 'interestOnSavingsAccountId', answer: 'interestOnSavingsAccount' },
  incomeFromFees: { request: 'incomeFromFeeAccountId', answer: 'incomeFromFeeAccount' },
  incomeFromPenalties: { request: 'incomeFromPenaltyAccountId', answer: 'incomeFromPenaltyAccount' },
  incomeFromInterest: { request: 'incomeFromInterestId', answer: 'incomeFromInterest' },
  transfersInSuspense: { request: 'transfersInSuspenseAccountId', answer: 'transfersInSuspenseAccount' },
  overdraftPortfolio: { request: 'overdraftPortfolioControlId', answer: 'overdraftPortfolioControl' },
  writeOff: { request: 'writeOffAccountId', answer: 'writeOffAccount' },
};

export const accountNames = Object.keys(PLACES) as (keyof Accounting)[];

export type Mappings = Readonly<Record<string, { readonly glCode?: string } | undefined>>;

export function readAccounting(mappings: Mappings | undefined): Accounting | undefined {
  if (!mappings) return undefined;
  return Object.fromEntries(
    accountNames.flatMap((name) => {
      const glCode = mappings[PLACES[name].answer]?.glCode;
      return glCode === undefined ? [] : [[name, glCode]];
    }),
  ) as unknown as Accounting;
}

export function accountingBody(accounting: Accounting, idOf: (glCode: string) => number): object {
  return {
    accountingRule: 2,
    ...Object.fromEntries(accountNames.map((name) => [PLACES[name].request, idOf(accounting[name])])),
  };
}
