import { sql } from '@fineract-gitops/db';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { done, iso, openSavingsBank, type SavingsBank } from './testing/savings-bank.ts';

let bank: SavingsBank;
let productId: number;
beforeAll(async () => {
  bank = await openSavingsBank('2024-06-30');
  productId = await bank.createProduct({ shortName: 'HIST' });
  await bank.db.execute(sql`update offices set opening_date = '1990-01-01'`);
});
afterAll(() => bank[Symbol.asyncDispose]());
afterEach(async () => {
  const broken = await bank.brokenInvariants();
  expect(broken).toEqual(Object.fromEntries(Object.keys(broken).map((name) => [name, []])));
});

let clients = 0;
async function createClient(): Promise<string> {
  const externalId = `client-${++clients}`;
  const client = {
    officeId: 1,
    fullname: externalId,
    externalId,
    active: true,
    activationDate: '1993-01-01',
  };
  await done(bank.post('/clients', { ...client, ...iso }));
  return externalId;
}

const importAccounts = (rows: object[]) => bank.post('/imports/savingsaccounts', { rows, ...iso });
const importTransactions = (rows: object[]) => bank.post('/imports/savingstransactions', { rows, ...iso });

async function openAccount(externalId: string): Promise<object> {
  const row = {
    externalId,
    clientExternalId: await createClient(),
    productShortName: 'HIST',
    activatedOnDate: '1993-01-01',
  };
  await done(importAccounts([row]));
  return row;
}

const problems = ({ body }: Awaited<ReturnType<typeof importTransactions>>) =>
  body.errors.map(
    (error: { parameterName: string; userMessageGlobalisationCode: string }) =>
      `${error.parameterName} ${error.userMessageGlobalisationCode}`,
  );

const days = async (externalId: string) => {
  const { body } = await bank.get('/imports/savingsdailybalances?limit=5000');
  const account = body.accounts.find(
    (each: { accountExternalId: string }) => each.accountExternalId === externalId,
  );
  return account.days.map(({ date, balance }: { date: string; balance: number }) => `${date} ${balance}`);
};

describe('accounts', () => {
  test('open active, once; the same again is skipped, another content refused', async () => {
    const row = await openAccount('a-1');
    expect((await importAccounts([row])).body).toMatchObject({ imported: 0, skipped: 1 });
    const other = await importAccounts([{ ...row, activatedOnDate: '1993-02-01' }]);
    expect(other.status).toBe(400);
    expect(problems(other)).toEqual(['rows[0].externalId error.msg.import.externalId.different']);
    const { body } = await bank.get('/savingsaccounts?externalId=a-1');
    expect(body.pageItems).toMatchObject([
      {
        externalId: 'a-1',
        status: { id: 300 },
        nominalAnnualInterestRate: 5,
        timeline: { activatedOnDate: [1993, 1, 1] },
      },
    ]);
  });

  test('all problems are named by row, and nothing is written', async () => {
    const good = {
      externalId: 'a-2',
      clientExternalId: await createClient(),
      productId,
      activatedOnDate: '1993-01-01',
    };
    const answer = await importAccounts([
      good,
      { ...good, externalId: 'a-3', clientExternalId: 'nobody' },
      { ...good, externalId: 'a-4', productId: 999 },
      { ...good, externalId: 'a-5', activatedOnDate: '1992-12-31' },
      good,
    ]);
    expect(answer.status).toBe(400);
    expect(problems(answer).toSorted()).toEqual([
      'rows[1].clientExternalId error.msg.import.clientExternalId.unknown',
      'rows[2].productId error.msg.import.productId.unknown',
      'rows[3].activatedOnDate error.msg.import.activatedOnDate.before.client',
      'rows[4].externalId error.msg.import.externalId.repeated',
    ]);
    expect((await bank.get('/savingsaccounts?externalId=a-2')).body.totalFilteredRecords).toBe(0);
  });
});

describe('transactions', () => {
  const deposit = { accountExternalId: 't-1', date: '1993-01-05', type: 'deposit', amount: 1000 };

  test('carry balances, journals, metrics; sent again they change nothing', async () => {
    await openAccount('t-1');
    const rows = [
      { ...deposit, externalId: 't-1-1' },
      { ...deposit, externalId: 't-1-2', type: 'withdrawal', amount: '300.50', note: 'rent' },
      { ...deposit, externalId: 't-1-3', type: 'interest', amount: '3.40', date: '1993-01-31' },
      { ...deposit, externalId: 't-1-4', type: 'fee', amount: 14, date: '1993-01-31' },
    ];
    expect((await importTransactions(rows)).body).toMatchObject({ imported: 4, skipped: 0, overdrawn: [] });
    expect((await importTransactions(rows)).body).toMatchObject({ imported: 0, skipped: 4 });
    expect(await days('t-1')).toEqual(['1993-01-05 699.5', '1993-01-31 688.9']);
    const account = (await bank.get('/savingsaccounts?externalId=t-1')).body.pageItems[0];
    const { body } = await bank.get(`/savingsaccounts/${account.id}`);
    expect(body.summary).toMatchObject({
      accountBalance: 688.9,
      totalDeposits: 1000,
      totalWithdrawals: 300.5,
      totalInterestPosted: 3.4,
      totalFeeCharge: 14,
    });
  });

  test('older rows sent later shift what came after; a row with other content is refused', async () => {
    await openAccount('t-2');
    const row = { ...deposit, accountExternalId: 't-2' };
    await done(importTransactions([{ ...row, externalId: 't-2-2', date: '1993-03-01', amount: 50 }]));
    await done(importTransactions([{ ...row, externalId: 't-2-1', amount: 100 }]));
    expect(await days('t-2')).toEqual(['1993-01-05 100', '1993-03-01 150']);
    const other = await importTransactions([{ ...row, externalId: 't-2-1', amount: 101 }]);
    expect(problems(other)).toEqual(['rows[0].externalId error.msg.import.externalId.different']);
  });

  test('history may overdraw, is told so, and the overdraft portfolio carries it', async () => {
    await openAccount('t-3');
    const row = { ...deposit, accountExternalId: 't-3' };
    const { body } = await importTransactions([
      { ...row, externalId: 't-3-1', amount: 100 },
      { ...row, externalId: 't-3-2', type: 'withdrawal', amount: 250, date: '1993-01-06' },
      { ...row, externalId: 't-3-3', amount: 200, date: '1993-01-07' },
    ]);
    expect(body.overdrawn).toEqual([{ row: 1, externalId: 't-3-2', balance: -150 }]);
    expect(await days('t-3')).toEqual(['1993-01-05 100', '1993-01-06 -150', '1993-01-07 50']);
  });

  test('all problems are named by row, and nothing is written', async () => {
    await openAccount('t-4');
    const row = { ...deposit, accountExternalId: 't-4' };
    const answer = await importTransactions([
      { ...row, externalId: 't-4-1' },
      { ...row, externalId: 't-4-2', accountExternalId: 'nobody' },
      { ...row, externalId: 't-4-3', date: '1992-12-31' },
      { ...row, externalId: 't-4-4', date: '2024-07-01' },
      { ...row, externalId: 't-4-5', amount: '0.001' },
    ]);
    expect(answer.status).toBe(400);
    expect(problems(answer)).toEqual([
      'rows[1].accountExternalId error.msg.import.accountExternalId.unknown',
      'rows[2].date error.msg.import.date.outside',
      'rows[3].date error.msg.import.date.outside',
      'rows[4].amount error.msg.import.amount.scale',
    ]);
    expect(await days('t-4')).toEqual([]);
  });

  test('interest of the old bank settles its days: ours begins the day after', async () => {
    await openAccount('t-5');
    const row = { ...deposit, accountExternalId: 't-5' };
    await done(
      importTransactions([
        { ...row, externalId: 't-5-1', date: '2024-01-01' },
        { ...row, externalId: 't-5-2', type: 'interest', amount: 20, date: '2024-04-30' },
      ]),
    );
    const { id } = (await bank.get('/savingsaccounts?externalId=t-5')).body.pageItems[0];
    const { changes } = await done(bank.post(`/savingsaccounts/${id}?command=postInterest`, {}));
    // 1020 × 5% × 31/365 for May.
    expect(changes.postings).toMatchObject([{ date: '2024-06-01', amount: 4.33 }]);
    const late = await importTransactions([{ ...row, externalId: 't-5-3', date: '2024-05-02' }]);
    expect(problems(late)).toEqual(['rows[0].date error.msg.import.date.before.interest.posting']);
  });

  test('2,000 rows leave one audit row and one event, and the same order within a day', async () => {
    const accounts = 20;
    for (let account = 0; account < accounts; account++) await openAccount(`bulk-${account}`);
    const rows = Array.from({ length: 2000 }, (_, index) => ({
      externalId: `bulk-row-${index}`,
      accountExternalId: `bulk-${index % accounts}`,
      date: `1993-${String(1 + Math.floor(index / 200)).padStart(2, '0')}-15`,
      type: index % 40 < 20 ? 'deposit' : 'withdrawal',
      amount: 100 + (index % 7),
    }));
    const count = () =>
      bank.db.row(sql`
        select (select count(*) from audit_log where action_name = 'IMPORT') as audits,
               (select count(*) from outbox_events where aggregate_type = 'savingsimport') as events`);
    const before = (await count()) as { audits: number; events: number };
    expect((await importTransactions(rows)).body).toMatchObject({ imported: 2000, skipped: 0 });
    expect(await count()).toEqual({ audits: before.audits + 1, events: before.events + 1 });
    const order = await bank.db.rows<{ external_id: string }>(sql`
      select t.external_id from savings_transactions t join savings_accounts a on a.id = t.account_id
       where a.external_id = 'bulk-3' order by t.date, t.id`);
    expect(order.map(({ external_id }) => external_id)).toEqual(
      rows.filter((row) => row.accountExternalId === 'bulk-3').map((row) => row.externalId),
    );
  });
});
