/** A test bank with a chart of accounts, a savings product and clients; and the invariants that must always hold. */
import { sql } from '@fineract-gitops/db';
import { openTestBank, type TestBank } from '../../testing/test-bank.ts';

export const iso = { dateFormat: 'yyyy-MM-dd', locale: 'en' };

export interface SavingsBank extends TestBank {
  /** Ids of the ledger accounts, by the product's field. */
  readonly gl: Readonly<Record<string, number>>;
  createProduct(overrides?: object): Promise<number>;
  createClient(activatedOn?: string): Promise<number>;
  /** An active account of a new client. */
  openAccount(options?: { productId?: number; activatedOn?: string; terms?: object }): Promise<number>;
  deposit(accountId: number, date: string, amount: number | string): Promise<number>;
  withdraw(accountId: number, date: string, amount: number | string): Promise<number>;
  /** Balance less what the ledger says, per invariant: every entry must be empty. */
  brokenInvariants(): Promise<Record<string, unknown[]>>;
}

const CHART: [field: string, name: string, type: number][] = [
  ['savingsReferenceAccountId', 'Cash', 1],
  ['savingsControlAccountId', 'Savings control', 2],
  ['interestOnSavingsAccountId', 'Interest on savings', 5],
  ['incomeFromFeeAccountId', 'Fee income', 4],
  ['incomeFromPenaltyAccountId', 'Penalty income', 4],
  ['transfersInSuspenseAccountId', 'Transfers in suspense', 2],
  ['overdraftPortfolioControlId', 'Overdraft portfolio', 1],
  ['incomeFromInterestId', 'Interest income', 4],
  ['writeOffAccountId', 'Losses written off', 5],
];

export async function openSavingsBank(
  businessDate = '2024-06-30',
  env: Readonly<Record<string, string>> = {},
): Promise<SavingsBank> {
  const bank = await openTestBank(env);
  await bank.setBusinessDate(businessDate);
  const gl: Record<string, number> = {};
  for (const [index, [field, name, type]] of CHART.entries()) {
    const account = { name, glCode: `${1000 + index}`, type, usage: 1, manualEntriesAllowed: true };
    gl[field] = (await done(bank.post('/glaccounts', account))).resourceId;
  }
  let products = 0;
  const createProduct = async (overrides: object = {}) => {
    products += 1;
    const product = {
      name: `Savings ${products}`,
      shortName: `S${products}`,
      currencyCode: 'USD',
      digitsAfterDecimal: 2,
      nominalAnnualInterestRate: 5,
      interestCompoundingPeriodType: 4,
      interestPostingPeriodType: 4,
      interestCalculationType: 1,
      interestCalculationDaysInYearType: 365,
      accountingRule: 2,
      ...gl,
      ...overrides,
    };
    return (await done(bank.post('/savingsproducts', product))).resourceId;
  };
  const createClient = async (activatedOn = '2024-01-01') => {
    const client = {
      officeId: 1,
      firstname: 'Ada',
      lastname: 'Byron',
      active: true,
      activationDate: activatedOn,
      ...iso,
    };
    return (await done(bank.post('/clients', client))).resourceId;
  };
  let defaultProduct: number | undefined;
  const openAccount: SavingsBank['openAccount'] = async ({
    productId,
    activatedOn = '2024-01-01',
    terms = {},
  } = {}) => {
    defaultProduct ??= productId ?? (await createProduct());
    const clientId = await createClient(activatedOn);
    const application = {
      clientId,
      productId: productId ?? defaultProduct,
      submittedOnDate: activatedOn,
      ...terms,
      ...iso,
    };
    const { savingsId } = await done(bank.post('/savingsaccounts', application));
    const step = (name: string, field: string) =>
      done(bank.post(`/savingsaccounts/${savingsId}?command=${name}`, { [field]: activatedOn, ...iso }));
    await step('approve', 'approvedOnDate');
    await step('activate', 'activatedOnDate');
    return savingsId;
  };
  const move = async (name: string, accountId: number, date: string, amount: number | string) => {
    const body = { transactionDate: date, transactionAmount: amount, ...iso };
    return (await done(bank.post(`/savingsaccounts/${accountId}/transactions?command=${name}`, body)))
      .resourceId;
  };
  return {
    ...bank,
    gl,
    createProduct,
    createClient,
    openAccount,
    deposit: (...args) => move('deposit', ...args),
    withdraw: (...args) => move('withdrawal', ...args),
    brokenInvariants: () => brokenInvariants(bank, gl),
    [Symbol.asyncDispose]: () => bank[Symbol.asyncDispose](),
  };
}

/** The answer's body. @throws Error with the whole answer when it is a refusal */
export async function done(answer: ReturnType<TestBank['post']>) {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** The code of a refusal's first inner error, with its status: `403 error.msg…`. */
export async function refusal(answer: ReturnType<TestBank['post']>): Promise<string> {
  const { status, body } = await answer;
  return `${status} ${body.errors?.[0]?.userMessageGlobalisationCode ?? body.userMessageGlobalisationCode ?? ''}`;
}

async function brokenInvariants(bank: TestBank, gl: Readonly<Record<string, number>>) {
  const ofAccount = (field: string, sign: number) => sql`
    coalesce((select sum(case entry_type when 2 then amount else -amount end) from journal_entries e
               where e.entity_type = 2 and e.entity_id = a.id and e.gl_account_id = ${gl[field]}), 0) * ${sign}::int`;
  return {
    balanceIsSum: await bank.db.rows(sql`
      select a.id from savings_accounts a left join savings_transactions t on t.account_id = a.id
       group by a.id
      having a.balance <> coalesce(sum(t.balance_change), 0) or a.amount_on_hold <> coalesce(sum(t.hold_change), 0)`),
    runningBalances: await bank.db.rows(sql`
      select id, running_balance, right_balance from (
        select id, running_balance, sum(balance_change) over (partition by account_id order by date, id) as right_balance
          from savings_transactions where not reversed) t
       where running_balance <> right_balance`),
    overdraftParts: await bank.db.rows(sql`
      select id, overdraft_amount from savings_transactions
       where not reversed
         and overdraft_amount <> abs(least(running_balance, 0) - least(running_balance - balance_change, 0))`),
    journalsBalance: await bank.db.rows(sql`
      select transaction_id from journal_entries group by transaction_id
      having sum(case entry_type when 2 then amount else -amount end) <> 0`),
    controlIsCredit: await bank.db.rows(sql`
      select a.id, a.balance from savings_accounts a join savings_products p on p.id = a.product_id
       where p.accounting_rule = 2 and greatest(a.balance, 0) <> ${ofAccount('savingsControlAccountId', -1)}`),
    portfolioIsDebt: await bank.db.rows(sql`
      select a.id, a.balance from savings_accounts a join savings_products p on p.id = a.product_id
       where p.accounting_rule = 2 and greatest(-a.balance, 0) <> ${ofAccount('overdraftPortfolioControlId', 1)}`),
    eachTransactionIsJournalled: await bank.db.rows(sql`
      select t.id from savings_transactions t join savings_accounts a on a.id = t.account_id
        join savings_products p on p.id = a.product_id
       where p.accounting_rule = 2 and t.type not in (20, 21)
         and t.amount * (case when t.reversed then 0 else 1 end) <> coalesce((
               select sum(case e.entry_type when 2 then e.amount else -e.amount end) *
                      (case when t.type in (1, 3) then 1 else -1 end)
                 from journal_entries e
                where e.transaction_id = 'S' || t.id
                  and e.gl_account_id not in (${gl['savingsControlAccountId']}, ${gl['overdraftPortfolioControlId']})), 0)`),
  };
}
