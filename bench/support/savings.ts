/** A product with cash accounting and open accounts, by the API, for benchmarks. */
import type { BenchCore } from './core.ts';

const date = { dateFormat: 'yyyy-MM-dd', locale: 'en' };
export const OPENED_ON = '2024-01-01';

const MAPPINGS = [
  ['savingsReferenceAccountId', 'Cash', 1],
  ['savingsControlAccountId', 'Savings control', 2],
  ['interestOnSavingsAccountId', 'Interest on savings', 5],
  ['incomeFromFeeAccountId', 'Fees', 4],
  ['incomeFromPenaltyAccountId', 'Penalties', 4],
  ['transfersInSuspenseAccountId', 'Suspense', 2],
  ['overdraftPortfolioControlId', 'Overdrafts', 1],
  ['incomeFromInterestId', 'Overdraft interest', 4],
  ['writeOffAccountId', 'Write-offs', 5],
] as const;

/** @returns the ids of `count` active accounts */
export async function openAccounts(core: BenchCore, count: number): Promise<number[]> {
  await core.api('PUT', '/currencies', { currencies: ['USD'] });
  const mapping: Record<string, number> = {};
  for (const [index, [field, name, type]] of MAPPINGS.entries()) {
    const account = { name, glCode: String(1000 + index), type, usage: 1, manualEntriesAllowed: true };
    mapping[field] = (await core.api<{ resourceId: number }>('POST', '/glaccounts', account)).resourceId;
  }
  const product = await core.api<{ resourceId: number }>('POST', '/savingsproducts', {
    name: 'Savings',
    shortName: 'SAV',
    currencyCode: 'USD',
    digitsAfterDecimal: 2,
    inMultiplesOf: 0,
    nominalAnnualInterestRate: '5',
    interestCompoundingPeriodType: 4,
    interestPostingPeriodType: 4,
    interestCalculationType: 1,
    interestCalculationDaysInYearType: 365,
    accountingRule: 2,
    ...mapping,
    locale: 'en',
  });
  const client = await core.api<{ clientId: number }>('POST', '/clients', {
    officeId: 1,
    firstname: 'Ada',
    lastname: 'Lovelace',
    active: true,
    activationDate: OPENED_ON,
    ...date,
  });
  return Promise.all(
    Array.from({ length: count }, () => openAccount(core, client.clientId, product.resourceId)),
  );
}

async function openAccount(core: BenchCore, clientId: number, productId: number): Promise<number> {
  const submitted = { clientId, productId, submittedOnDate: OPENED_ON, ...date };
  const { savingsId } = await core.api<{ savingsId: number }>('POST', '/savingsaccounts', submitted);
  await core.api('POST', `/savingsaccounts/${savingsId}?command=approve`, {
    approvedOnDate: OPENED_ON,
    ...date,
  });
  await core.api('POST', `/savingsaccounts/${savingsId}?command=activate`, {
    activatedOnDate: OPENED_ON,
    ...date,
  });
  return savingsId;
}
