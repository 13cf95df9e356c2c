/** A bank with many savings accounts: one made through the API, the others copied from it in the database. */
import { sql } from '@fineract-gitops/db';
import type { CoreCluster } from './core-cluster.ts';

const iso = { dateFormat: 'yyyy-MM-dd', locale: 'en' };

const CHART: readonly (readonly [field: string, type: number])[] = [
  ['savingsReferenceAccountId', 1],
  ['savingsControlAccountId', 2],
  ['interestOnSavingsAccountId', 5],
  ['incomeFromFeeAccountId', 4],
  ['incomeFromPenaltyAccountId', 4],
  ['transfersInSuspenseAccountId', 2],
  ['overdraftPortfolioControlId', 1],
  ['incomeFromInterestId', 4],
  ['writeOffAccountId', 5],
];

const PRODUCT = {
  name: 'Savings',
  shortName: 'SAV',
  currencyCode: 'USD',
  digitsAfterDecimal: 2,
  nominalAnnualInterestRate: 5,
  interestCompoundingPeriodType: 4,
  interestPostingPeriodType: 4,
  interestCalculationType: 1,
  interestCalculationDaysInYearType: 365,
  accountingRule: 2,
};

export async function openManyAccounts(cluster: CoreCluster, url: string, count: number): Promise<void> {
  const post = apiOf(url, cluster.password);
  await cluster.db.execute(sql`update configurations set enabled = true where name = 'enable-business-date'`);
  await cluster.db.execute(
    sql`insert into business_dates (type, date) values ('BUSINESS_DATE', '2024-01-31')`,
  );
  const ledger: Record<string, number> = {};
  for (const [index, [field, type]] of CHART.entries()) {
    const account = { name: field, glCode: `${1000 + index}`, type, usage: 1, manualEntriesAllowed: true };
    ledger[field] = (await post('/glaccounts', account)).resourceId;
  }
  const { resourceId: productId } = await post('/savingsproducts', { ...PRODUCT, ...ledger });
  const { clientId } = await post('/clients', {
    officeId: 1,
    fullname: 'Customer 1',
    legalFormId: 2,
    active: true,
    activationDate: '2024-01-01',
    ...iso,
  });
  const { savingsId } = await post('/savingsaccounts', {
    clientId,
    productId,
    submittedOnDate: '2024-01-01',
    ...iso,
  });
  await post(`/savingsaccounts/${savingsId}?command=approve`, { approvedOnDate: '2024-01-01', ...iso });
  await post(`/savingsaccounts/${savingsId}?command=activate`, { activatedOnDate: '2024-01-01', ...iso });
  await post(`/savingsaccounts/${savingsId}/transactions?command=deposit`, {
    transactionDate: '2024-01-01',
    transactionAmount: 1000,
    ...iso,
  });
  await copyAccount(cluster, savingsId, count - 1);
}

function apiOf(url: string, password: string) {
  return async (path: string, body: object) => {
    const response = await fetch(`${url}/fineract-provider/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'fineract-platform-tenantid': 'default',
        authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as { resourceId: number; clientId: number; savingsId: number };
  };
}

/** Every column as it stands, apart from ids and numbers; then the deposit, the copy's only transaction. */
async function copyAccount({ db }: CoreCluster, accountId: number, copies: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      create temporary table copies on commit drop as
      select (jsonb_populate_record(a, jsonb_build_object('id', 1000000 + n, 'account_no', 'COPY' || n))).*
        from savings_accounts a cross join generate_series(1, ${copies}::int) n where a.id = ${accountId}`);
    await tx.execute(sql`insert into savings_accounts select * from copies`);
    await tx.execute(sql`
      insert into savings_transactions (account_id, office_id, type, date, amount, running_balance, submitted_on, created_by)
      select c.id, t.office_id, t.type, t.date, t.amount, t.running_balance, t.submitted_on, t.created_by
        from copies c cross join savings_transactions t where t.account_id = ${accountId}`);
  });
}
