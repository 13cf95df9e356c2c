import { localDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accountsWithInterestDue, postInterestForAccount } from './commands/post-interest.ts';
import { done, iso, openSavingsBank, refusal, type SavingsBank } from './testing/savings-bank.ts';

let bank: SavingsBank;
beforeAll(async () => {
  bank = await openSavingsBank('2024-03-05');
});
afterAll(() => bank[Symbol.asyncDispose]());
afterEach(async () => {
  const broken = await bank.brokenInvariants();
  expect(broken).toEqual(Object.fromEntries(Object.keys(broken).map((name) => [name, []])));
});

/** Posted interest that stands, as `2024-02-01 4.25`. */
async function posted(accountId: number): Promise<string[]> {
  const rows = await bank.db.rows<{ text: string }>(sql`
    select date || ' ' || (case type when 17 then -amount else amount end)::numeric(19, 2) as text
      from savings_transactions where account_id = ${accountId} and type in (3, 17) and not reversed order by date, id`);
  return rows.map(({ text }) => text);
}

const run = (accountId: number, upTo: string) =>
  bank.db.transaction((tx) =>
    postInterestForAccount(tx, {
      accountId,
      upTo: localDate(upTo),
      userId: 1,
      jobName: 'Post Interest For Savings',
    }),
  );

describe('posting interest', () => {
  test('posts the periods that are over, once, with journal, audit row and event', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    const result = await run(id, '2024-03-05');
    expect(result?.postings.map(({ date, amount }) => `${date} ${amount}`)).toEqual([
      '2024-02-01 4.25',
      '2024-03-01 3.99',
    ]);
    expect(await posted(id)).toEqual(['2024-02-01 4.25', '2024-03-01 3.99']);
    expect(await run(id, '2024-03-05')).toBeNull();
    const entries = await bank.get(`/journalentries?transactionId=S${result?.postings[0]?.transactionId}`);
    expect(entries.body.pageItems.map((entry: { glAccountName: string }) => entry.glAccountName)).toEqual([
      'Interest on savings',
      'Savings control',
    ]);
    const audit = await bank.db.rows(sql`
      select action_name, job_name from audit_log where savings_account_id = ${id} and action_name = 'POSTINTEREST'`);
    expect(audit).toEqual([{ action_name: 'POSTINTEREST', job_name: 'Post Interest For Savings' }]);
    const events = await bank.db.rows<{ data: { postings: unknown[] } }>(sql`
      select data from outbox_events where type = 'savingsaccount.interest-posted' and aggregate_id = ${String(id)}`);
    expect(events.map(({ data }) => data.postings.length)).toEqual([2]);
  });

  test('two runs at once post once', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    const results = await Promise.all([run(id, '2024-03-05'), run(id, '2024-03-05')]);
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(await posted(id)).toHaveLength(2);
  });

  test('posting month by month comes to the same as posting late', async () => {
    const [monthly, late] = [await bank.openAccount(), await bank.openAccount()];
    for (const id of [monthly, late]) {
      await bank.deposit(id, '2024-01-01', 1234.56);
      await bank.withdraw(id, '2024-01-20', 234.5);
    }
    await run(monthly, '2024-02-01');
    await run(monthly, '2024-03-01');
    await run(late, '2024-03-05');
    expect(await posted(monthly)).toEqual(await posted(late));
  });

  test('a period that comes to nothing is settled, too', async () => {
    const id = await bank.openAccount();
    const due = async () =>
      (await bank.db.rows<{ id: number }>(accountsWithInterestDue(localDate('2024-03-05')))).map(
        (row) => row.id,
      );
    expect(await due()).toContain(id);
    expect((await run(id, '2024-03-05'))?.postings).toEqual([]);
    expect(await due()).not.toContain(id);
    expect(await run(id, '2024-03-05')).toBeNull();
  });

  test('an overdraft pays interest', async () => {
    const productId = await bank.createProduct({
      allowOverdraft: true,
      overdraftLimit: 5000,
      nominalAnnualInterestRateOverdraft: 12,
    });
    const id = await bank.openAccount({ productId });
    await bank.withdraw(id, '2024-01-01', 1000);
    await run(id, '2024-02-01');
    expect(await posted(id)).toEqual(['2024-02-01 -10.19']);
    const { body } = await bank.get(`/savingsaccounts/${id}`);
    expect(body.summary).toMatchObject({ accountBalance: -1010.19, totalOverdraftInterestDerived: 10.19 });
  });

  test('by command: all that is due, and a period ended early', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    const answer = await done(bank.post(`/savingsaccounts/${id}?command=postInterest`, {}));
    expect(answer.changes.postings).toHaveLength(2);
    const early = { transactionDate: '2024-03-04', ...iso };
    await done(bank.post(`/savingsaccounts/${id}/transactions?command=postInterestAsOn`, early));
    expect((await posted(id)).at(-1)).toBe('2024-03-04 0.41');
    expect(
      await refusal(bank.post(`/savingsaccounts/${id}/transactions?command=postInterestAsOn`, early)),
    ).toBe('400 error.msg.savingsaccount.transaction.before.last.posting');
  });

  test('interest not posted yet can be asked for', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    const { changes } = await done(bank.post(`/savingsaccounts/${id}?command=calculateInterest`, {}));
    expect(changes).toMatchObject({ interestNotPosted: 8.79, asOf: '2024-03-05' });
    expect(await posted(id)).toEqual([]);
  });
});

describe('when the past changes', () => {
  test('posted interest follows a backdated deposit and its undo', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    await run(id, '2024-03-05');
    const before = await posted(id);
    const late = await bank.deposit(id, '2024-01-16', 500);
    const fresh = await bank.openAccount();
    await bank.deposit(fresh, '2024-01-01', 1000);
    await bank.deposit(fresh, '2024-01-16', 500);
    await run(fresh, '2024-03-05');
    expect(await posted(id)).toEqual(await posted(fresh));
    expect(await posted(id)).not.toEqual(before);
    await done(bank.post(`/savingsaccounts/${id}/transactions/${late}?command=undo`, {}));
    expect(await posted(id)).toEqual(before);
  });

  test('a backdated withdrawal that would leave too little interest for what was withdrawn since is refused', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    await run(id, '2024-02-01');
    await bank.withdraw(id, '2024-02-02', 904.25);
    // 100.00 is left, but without 100.00 in January its interest would have been less.
    const body = { transactionDate: '2024-01-10', transactionAmount: 100, ...iso };
    expect(await refusal(bank.post(`/savingsaccounts/${id}/transactions?command=withdrawal`, body))).toBe(
      '403 error.msg.savingsaccount.transaction.insufficient.account.balance',
    );
    expect(await posted(id)).toEqual(['2024-02-01 4.25']);
  });

  test('interest of a settled period cannot be undone by itself', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-01-01', 1000);
    const result = await run(id, '2024-02-01');
    const transactionId = result?.postings[0]?.transactionId;
    expect(
      await refusal(bank.post(`/savingsaccounts/${id}/transactions/${transactionId}?command=undo`, {})),
    ).toBe('403 error.msg.saving.account.transaction.update.not.allowed');
  });
});
