import Type from 'typebox';
import { enumeration } from '../../enumeration.ts';
import { amount, code, flag, item, names, oneOf, optional, type Static, text } from '../../fields.ts';

export const compounding = enumeration({ daily: 1, monthly: 4, quarterly: 5, biannual: 6, annual: 7 });
export const posting = enumeration({ monthly: 4, quarterly: 5, biannual: 6, annual: 7 });
export const calculation = enumeration({ dailyBalance: 1, averageDailyBalance: 2 });

const interest = item({
  nominalAnnualRatePercent: amount('Nominal interest for a year, in percent'),
  compounding: oneOf('How often interest earns interest', compounding.words),
  posting: oneOf('How often it is posted to the account', posting.words),
  calculation: oneOf('On which balance', calculation.words),
  daysInYear: Type.Unsafe<360 | 365>({
    type: 'integer',
    enum: [360, 365],
    description: 'Days that a year counts',
  }),
});

const overdraft = item({
  limit: amount('How far below zero the balance may go'),
  nominalAnnualRatePercent: optional(amount('Interest for a year that the customer pays, in percent')),
});

const glCode = (what: string) => text(`GL code, in quotes: ${what}`, 45);

/** Cash accounting posts every transaction to two of these, so it needs them all. */
const accounting = item({
  savingsReference: glCode('asset; where deposited money lies'),
  savingsControl: glCode('liability; what the bank owes its savers'),
  interestOnSavings: glCode('expense; interest that the bank pays'),
  incomeFromFees: glCode('income; fees'),
  incomeFromPenalties: glCode('income; penalties'),
  incomeFromInterest: glCode('income; interest on overdrafts'),
  transfersInSuspense: glCode('liability; transfers under way'),
  overdraftPortfolio: glCode('asset; what overdrawn customers owe'),
  writeOff: glCode('expense; overdrafts that are given up'),
});

export const schema = item({
  name: text('Name of the product'),
  shortName: text('Up to four letters by which it is known', 4),
  description: optional(text('What it is for', 500)),
  currency: code('Currency, by its code'),
  decimalPlaces: Type.Integer({ description: 'Decimal places of its amounts', minimum: 0, maximum: 6 }),
  interest,
  minimumOpeningBalance: optional(amount('Least first deposit')),
  minimumBalance: optional(amount('Balance that a withdrawal must leave')),
  overdraft: optional(overdraft),
  withdrawalFeeForTransfers: optional(flag('Whether transfers bear the withdrawal fee')),
  charges: optional(names('Names of the charges that its accounts carry')),
  accounting: optional(accounting),
});

export type SavingsProduct = Static<typeof schema>;
export type Accounting = Static<typeof accounting>;
