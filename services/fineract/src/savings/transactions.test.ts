import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { statementsOfTransaction } from './testing/count-statements.ts';
import { done, iso, openSavingsBank, refusal, type SavingsBank } from './testing/savings-bank.ts';

let bank: SavingsBank;
beforeAll(async () => {
  bank = await openSavingsBank('2024-06-30');
});
afterAll(() => bank[Symbol.asyncDispose]());
afterEach(async () => {
  const broken = await bank.brokenInvariants();
  expect(broken).toEqual(Object.fromEntries(Object.keys(broken).map((name) => [name, []])));
});

const read = async (id: number) => (await bank.get(`/savingsaccounts/${id}?associations=all`)).body;
const balances = async (id: number) =>
  (await read(id)).transactions
    .filter(({ reversed }: { reversed: boolean }) => !reversed)
    .map(({ runningBalance }: { runningBalance: number }) => runningBalance);

/** Entries of a transaction as `Dr Cash 100`, in the order they were posted. */
async function journal(transactionId: number): Promise<string[]> {
  const { body } = await bank.get(`/journalentries?transactionId=S${transactionId}`);
  return body.pageItems.map(
    (entry: { entryType: { value: string }; glAccountName: string; amount: number }) =>
      `${entry.entryType.value === 'DEBIT' ? 'Dr' : 'Cr'} ${entry.glAccountName} ${entry.amount}`,
  );
}

describe('money in and out', () => {
  test('a deposit and a withdrawal move the balance and the ledger', async () => {
    const id = await bank.openAccount();
    const deposited = await bank.deposit(id, '2024-02-01', '100.50');
    const withdrawn = await bank.withdraw(id, '2024-02-02', 40);
    expect(await journal(deposited)).toEqual(['Dr Cash 100.5', 'Cr Savings control 100.5']);
    expect(await journal(withdrawn)).toEqual(['Dr Savings control 40', 'Cr Cash 40']);
    expect(await read(id)).toMatchObject({
      status: { id: 300, active: true },
      currency: { code: 'USD', decimalPlaces: 2 },
      summary: { accountBalance: 60.5, availableBalance: 60.5, totalDeposits: 100.5, totalWithdrawals: 40 },
      transactions: [
        {
          id: withdrawn,
          transactionType: { id: 2, withdrawal: true },
          runningBalance: 60.5,
          date: [2024, 2, 2],
        },
        { id: deposited, transactionType: { id: 1, deposit: true }, runningBalance: 100.5 },
      ],
    });
  });

  test('an amount is exact to its last digit', async () => {
    const id = await bank.openAccount();
    for (let count = 0; count < 3; count++) await bank.deposit(id, '2024-02-01', '0.10');
    expect((await read(id)).summary.accountBalance).toBe(0.3);
  });

  test('a backdated deposit shifts every later running balance', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-02-01', 100);
    await bank.withdraw(id, '2024-02-10', 30);
    await bank.deposit(id, '2024-02-05', 7);
    expect(await balances(id)).toEqual([77, 107, 100]);
  });

  test('below zero the overdraft portfolio carries the amount, also after the past changed', async () => {
    const productId = await bank.createProduct({ allowOverdraft: true, overdraftLimit: 500 });
    const id = await bank.openAccount({ productId });
    await bank.deposit(id, '2024-02-01', 100);
    const withdrawn = await bank.withdraw(id, '2024-02-10', 250);
    expect(await journal(withdrawn)).toEqual([
      'Dr Overdraft portfolio 150',
      'Dr Savings control 100',
      'Cr Cash 250',
    ]);
    await bank.deposit(id, '2024-02-05', 30);
    expect((await journal(withdrawn)).slice(3)).toEqual([
      'Dr Savings control 30',
      'Cr Overdraft portfolio 30',
    ]);
    const back = await bank.deposit(id, '2024-02-11', 200);
    expect(await journal(back)).toEqual([
      'Dr Cash 200',
      'Cr Overdraft portfolio 120',
      'Cr Savings control 80',
    ]);
  });
});

test('the overdraft limit is reached to the cent, and not passed', async () => {
  const productId = await bank.createProduct({ allowOverdraft: true, overdraftLimit: 50 });
  const id = await bank.openAccount({ productId });
  await bank.withdraw(id, '2024-02-02', 50);
  const cent = { transactionDate: '2024-02-01', transactionAmount: '0.01', ...iso };
  const insufficient = '403 error.msg.savingsaccount.transaction.insufficient.account.balance';
  for (const transactionDate of ['2024-02-01', '2024-02-02', '2024-02-03']) {
    const answer = bank.post(`/savingsaccounts/${id}/transactions?command=withdrawal`, {
      ...cent,
      transactionDate,
    });
    expect(await refusal(answer)).toBe(insufficient);
  }
  expect(await balances(id)).toEqual([-50]);
});

describe('undo', () => {
  test('marks the row, posts the reversing journal, and recomputes', async () => {
    const id = await bank.openAccount();
    const first = await bank.deposit(id, '2024-02-01', 100);
    await bank.deposit(id, '2024-02-02', 50);
    await done(bank.post(`/savingsaccounts/${id}/transactions/${first}?command=undo`, {}));
    expect(await balances(id)).toEqual([50]);
    expect((await journal(first)).slice(2)).toEqual(['Dr Savings control 100', 'Cr Cash 100']);
    const one = await bank.get(`/savingsaccounts/${id}/transactions/${first}`);
    expect(one.body).toMatchObject({ reversed: true, runningBalance: 0 });
    expect(await refusal(bank.post(`/savingsaccounts/${id}/transactions/${first}?command=undo`, {}))).toBe(
      '403 error.msg.saving.account.transaction.update.not.allowed',
    );
  });

  test('is refused when a later balance would fall below zero', async () => {
    const id = await bank.openAccount();
    const first = await bank.deposit(id, '2024-02-01', 100);
    await bank.withdraw(id, '2024-02-02', 80);
    await bank.deposit(id, '2024-02-03', 200);
    expect(await refusal(bank.post(`/savingsaccounts/${id}/transactions/${first}?command=undo`, {}))).toBe(
      '400 validation.msg.savingsaccount.undotransaction.results.in.balance.going.negative',
    );
    expect(await balances(id)).toEqual([220, 20, 100]);
  });
});

describe('holds', () => {
  test('keep the balance and bar the money until they are released', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-02-01', 100);
    const hold = {
      transactionDate: '2024-02-02',
      transactionAmount: 70,
      reasonForBlock: 'Court order',
      ...iso,
    };
    const path = `/savingsaccounts/${id}/transactions`;
    const { resourceId } = await done(bank.post(`${path}?command=holdAmount`, hold));
    expect((await read(id)).summary).toMatchObject({ accountBalance: 100, availableBalance: 30 });
    const withdrawal = { transactionDate: '2024-02-03', transactionAmount: 31, ...iso };
    expect(await refusal(bank.post(`${path}?command=withdrawal`, withdrawal))).toBe(
      '403 error.msg.savingsaccount.transaction.insufficient.account.balance',
    );
    await done(bank.post(`${path}/${resourceId}?command=releaseAmount`, {}));
    expect(await refusal(bank.post(`${path}/${resourceId}?command=releaseAmount`, {}))).toBe(
      '400 validation.msg.savingsaccount.amount.validation.msg.amount.is.not.on.hold',
    );
    expect((await read(id)).summary).toMatchObject({ accountBalance: 100, availableBalance: 100 });
  });
});

describe('refusals change nothing', () => {
  const money = { transactionDate: '2024-02-01', transactionAmount: 10, ...iso };
  const insufficient = '403 error.msg.savingsaccount.transaction.insufficient.account.balance';
  const cases: [what: string, command: string, body: object, expected: string][] = [
    ['more than the balance', 'withdrawal', { ...money, transactionAmount: 100.01 }, insufficient],
    [
      'in the past, when the money was not there yet',
      'withdrawal',
      { ...money, transactionDate: '2024-01-31' },
      insufficient,
    ],
    [
      'before the activation',
      'deposit',
      { ...money, transactionDate: '2023-12-31' },
      '400 error.msg.savingsaccount.transaction.before.activation.date',
    ],
    [
      'in the future',
      'deposit',
      { ...money, transactionDate: '2024-07-01' },
      '400 error.msg.savingsaccount.transaction.in.the.future',
    ],
    [
      'more decimals than the currency has',
      'deposit',
      { ...money, transactionAmount: '1.005' },
      '400 validation.msg.savingsaccount.transaction.transactionAmount.scale.is.greater.than.2',
    ],
    [
      'nothing',
      'deposit',
      { ...money, transactionAmount: 0 },
      '400 validation.msg.savingsaccount.transaction.transactionAmount.not.greater.than.zero',
    ],
    [
      'a negative amount',
      'withdrawal',
      { ...money, transactionAmount: -1 },
      '400 validation.msg.savingsaccount.transaction.transactionAmount.not.greater.than.zero',
    ],
    [
      'an unknown payment type',
      'deposit',
      { ...money, paymentTypeId: 999 },
      '404 error.msg.payment.type.invalid',
    ],
    ['an unknown command', 'steal', money, '400 error.msg.query.parameter.value.unsupported'],
  ];
  test.each(cases)('%s', async (_what, command, body, expected) => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-02-01', 100);
    expect(await refusal(bank.post(`/savingsaccounts/${id}/transactions?command=${command}`, body))).toBe(
      expected,
    );
    expect(await balances(id)).toEqual([100]);
  });

  test('an unknown account', async () => {
    expect(await refusal(bank.post('/savingsaccounts/99999/transactions?command=deposit', money))).toBe(
      '404 error.msg.saving.account.id.invalid',
    );
  });
});

describe('many at once', () => {
  test('50 parallel movements on one account end at their sum', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-02-01', 1000);
    const moves = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? bank.deposit(id, '2024-02-02', index + 1) : bank.withdraw(id, '2024-02-02', index),
    );
    await Promise.all(moves);
    const expected = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? index + 1 : -index)).reduce(
      (sum, each) => sum + each,
      1000,
    );
    expect((await read(id)).summary.accountBalance).toBe(expected);
  });

  test('the same idempotency key deposits once', async () => {
    const id = await bank.openAccount();
    const body = { transactionDate: '2024-02-01', transactionAmount: 25, ...iso };
    const headers = { 'idempotency-key': 'deposit-1' };
    const send = () => bank.post(`/savingsaccounts/${id}/transactions?command=deposit`, body, { headers });
    const first = await send();
    const second = await send();
    expect(second.body).toEqual(first.body);
    expect(await balances(id)).toEqual([25]);
  });

  test('a deposit costs four statements in its transaction, in the past five', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-02-02', 1);
    const statements = async (date: string) =>
      statementsOfTransaction(bank.db, 'insert into savings_transactions', () => bank.deposit(id, date, 1));
    const shape = (texts: string[]) => texts.map((text) => text.split(/\s+/).slice(0, 3).join(' '));
    const latest = shape(await statements('2024-02-03'));
    expect(latest).toEqual([
      'begin',
      'select a.id, a.account_no',
      'with last as',
      'with entry as',
      'with event as',
      'commit',
    ]);
    const earlier = shape(await statements('2024-02-01'));
    expect(earlier).toEqual([...latest.slice(0, 3), 'with place as', ...latest.slice(3)]);
  });
});
