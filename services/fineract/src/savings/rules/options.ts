/** The enumerations of savings, as Apache Fineract numbers and names them. */
import { type EnumOption, enumOption } from '../../kernel/index.ts';

type Options = Readonly<Record<number, EnumOption>>;

function options(list: readonly [id: number, code: string, value: string][]): Options {
  return Object.fromEntries(list.map((entry) => [entry[0], enumOption(...entry)]));
}

const COMPOUNDING = 'savings.interest.period.savingsCompoundingInterestPeriodType';
export const compoundingOptions = options([
  [1, `${COMPOUNDING}.daily`, 'Daily'],
  [4, `${COMPOUNDING}.monthly`, 'Monthly'],
  [5, `${COMPOUNDING}.quarterly`, 'Quarterly'],
  [6, `${COMPOUNDING}.biannual`, 'Semi-Annual'],
  [7, `${COMPOUNDING}.annual`, 'Annually'],
]);

const POSTING = 'savings.interest.posting.period.savingsPostingInterestPeriodType';
export const postingOptions = options([
  [1, `${POSTING}.daily`, 'Daily'],
  [4, `${POSTING}.monthly`, 'Monthly'],
  [5, `${POSTING}.quarterly`, 'Quarterly'],
  [6, `${POSTING}.biannual`, 'BiAnnual'],
  [7, `${POSTING}.annual`, 'Annually'],
]);

export const calculationOptions = options([
  [1, 'savingsInterestCalculationType.dailybalance', 'Daily Balance'],
  [2, 'savingsInterestCalculationType.averagedailybalance', 'Average Daily Balance'],
]);

export const daysInYearOptions = options([
  [360, 'savingsInterestCalculationDaysInYearType.days360', '360 Days'],
  [365, 'savingsInterestCalculationDaysInYearType.days365', '365 Days'],
]);

const LOCKIN = 'savings.lockin.savingsPeriodFrequencyType';
export const lockinOptions = options([
  [0, `${LOCKIN}.days`, 'Days'],
  [1, `${LOCKIN}.weeks`, 'Weeks'],
  [2, `${LOCKIN}.months`, 'Months'],
  [3, `${LOCKIN}.years`, 'Years'],
]);

export const accountingRuleOptions = options([
  [1, 'accountingRuleType.none', 'NONE'],
  [2, 'accountingRuleType.cash', 'CASH BASED'],
]);

export const depositTypeOption = enumOption(100, 'depositAccountType.savingsDeposit', 'Savings');

/** All values of an enumeration, in the order of their ids. */
export function listed(all: Options): EnumOption[] {
  return Object.values(all);
}
