import { localDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import { decimal } from '@fineract-gitops/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBank, type TestBank } from '../testing/test-bank.ts';
import { type Journal, postJournal } from './index.ts';

let bank: TestBank;
let cash: number;
let income: number;
let header: number;
const iso = { dateFormat: 'yyyy-MM-dd', locale: 'en' };

beforeAll(async () => {
  bank = await openTestBank();
  await bank.setBusinessDate('2024-06-30');
  header = await createAccount({ name: 'Assets', glCode: '10', usage: 2 });
  cash = await createAccount({ name: 'Cash', glCode: '11', parentId: header });
  income = await createAccount({ name: 'Fees', glCode: '41', type: 4 });
});
afterAll(() => bank[Symbol.asyncDispose]());

async function createAccount(overrides: object): Promise<number> {
  const account = { type: 1, usage: 1, manualEntriesAllowed: true, ...overrides };
  const { status, body } = await bank.post('/glaccounts', account);
  expect(status).toBe(200);
  return body.resourceId;
}

async function refusal(answer: ReturnType<TestBank['post']>): Promise<string> {
  const { status, body } = await answer;
  return `${status} ${body.errors?.[0]?.userMessageGlobalisationCode}`;
}

const entry = (overrides: object = {}) => ({
  officeId: 1,
  transactionDate: '2024-06-10',
  currencyCode: 'USD',
  debits: [{ glAccountId: cash, amount: 100 }],
  credits: [{ glAccountId: income, amount: 100 }],
  ...iso,
  ...overrides,
});

describe('the chart of accounts', () => {
  test('reads back as a tree', async () => {
    const { body } = await bank.get(`/glaccounts/${cash}`);
    expect(body).toMatchObject({
      name: 'Cash',
      glCode: '11',
      parentId: header,
      nameDecorated: '....Cash',
      type: { id: 1, code: 'accountType.asset', value: 'ASSET' },
      usage: { id: 1, code: 'accountUsage.detail' },
      manualEntriesAllowed: true,
      disabled: false,
    });
    const list = await bank.get('/glaccounts?type=1&usage=1&searchParam=cas');
    expect(list.body.map(({ id }: { id: number }) => id)).toEqual([cash]);
    const template = await bank.get('/glaccounts/template');
    expect(template.body.assetHeaderAccountOptions).toMatchObject([{ id: header }]);
  });

  test('refuses what would break the tree or the books', async () => {
    const account = { name: 'X', glCode: '11', type: 1, usage: 1, manualEntriesAllowed: true };
    expect(await refusal(bank.post('/glaccounts', account))).toBe('403 error.msg.glaccount.glcode.duplicate');
    expect(await refusal(bank.post('/glaccounts', { ...account, glCode: '12', parentId: cash }))).toBe(
      '403 error.msg.glaccount.parent.invalid',
    );
    expect(await refusal(bank.put(`/glaccounts/${header}`, { parentId: header }))).toBe(
      '403 error.msg.glaccount.id.and.parentid.must.not.same',
    );
    expect(await refusal(bank.delete(`/glaccounts/${header}`))).toBe(
      '403 error.msg.glaccount.glcode.invalid.delete.has.children',
    );
    expect(await refusal(bank.get('/glaccounts/99999'))).toBe('404 error.msg.glaccount.id.invalid');
  });

  test('changes, moves with what stands below it, and is deleted', async () => {
    const branch = await createAccount({ name: 'Branch', glCode: '20', usage: 2 });
    const leaf = await createAccount({ name: 'Leaf', glCode: '21', parentId: branch });
    const changed = await bank.put(`/glaccounts/${branch}`, { parentId: header, name: 'Moved' });
    expect(changed.body.changes).toEqual({ parentId: header, name: 'Moved' });
    expect((await bank.get(`/glaccounts/${leaf}`)).body.nameDecorated).toBe('........Leaf');
    expect((await bank.delete(`/glaccounts/${leaf}`)).status).toBe(200);
    expect((await bank.delete(`/glaccounts/${branch}`)).status).toBe(200);
    expect((await bank.get(`/glaccounts/${leaf}`)).status).toBe(404);
  });
});

describe('manual entries', () => {
  test('post, are found, and are taken back', async () => {
    const posted = await bank.post(
      '/journalentries',
      entry({ comments: 'Stall fees', referenceNumber: 'R-1' }),
    );
    const { transactionId } = posted.body;
    const found = await bank.get(`/journalentries?transactionId=${transactionId}&runningBalance=true`);
    expect(found.body).toMatchObject({
      totalFilteredRecords: 2,
      pageItems: [
        {
          entryType: { value: 'DEBIT' },
          glAccountId: cash,
          amount: 100,
          manualEntry: true,
          comments: 'Stall fees',
          organizationRunningBalance: 100,
        },
        { entryType: { value: 'CREDIT' }, glAccountId: income, amount: 100, organizationRunningBalance: 100 },
      ],
    });
    const reversal = await bank.post(`/journalentries/${transactionId}?command=reverse`, {
      comments: 'Wrong day',
    });
    expect(reversal.status).toBe(200);
    const after = await bank.get(
      `/journalentries?glAccountId=${cash}&fromDate=2024-06-10&toDate=2024-06-10&runningBalance=true`,
    );
    expect(after.body.pageItems.at(-1)).toMatchObject({
      entryType: { value: 'CREDIT' },
      comments: 'Wrong day',
      organizationRunningBalance: 0,
    });
    expect((await bank.get(`/journalentries/${after.body.pageItems[0].id}`)).body).toMatchObject({
      reversed: true,
    });
    expect(await refusal(bank.post(`/journalentries/${transactionId}?command=reverse`, {}))).toBe(
      '404 error.msg.journalEntries.transactionId.invalid',
    );
  });

  test('are refused with the reason, and nothing is written', async () => {
    const closed = await createAccount({ name: 'Closed', glCode: '90', disabled: true });
    const automatic = await createAccount({ name: 'Automatic', glCode: '91', manualEntriesAllowed: false });
    const count = () => bank.db.row(sql`select count(*) as n from journal_entries`);
    const before = await count();
    const from = (glAccountId: number) => entry({ debits: [{ glAccountId, amount: 100 }] });
    const cases: [body: object, expected: string][] = [
      [
        entry({ credits: [{ glAccountId: income, amount: '99.99' }] }),
        '403 error.msg.glJournalEntry.invalid.mismatch.debits.credits',
      ],
      [entry({ credits: [] }), '400 validation.msg.GLJournalEntry.credits.cannot.be.empty'],
      [
        entry({ debits: [{ glAccountId: cash, amount: -5 }] }),
        '400 validation.msg.GLJournalEntry.debits[0].amount.not.greater.than.zero',
      ],
      [entry({ transactionDate: '2024-07-01' }), '403 error.msg.glJournalEntry.invalid.future.date'],
      [entry({ currencyCode: 'XXX' }), '404 error.msg.currency.currencyCode.invalid.or.not.supported'],
      [entry({ officeId: 99 }), '404 error.msg.office.id.invalid'],
      [from(99_999), '404 error.msg.glaccount.id.invalid'],
      [from(closed), '403 error.msg.glJournalEntry.invalid.account.disabled'],
      [from(automatic), '403 error.msg.glJournalEntry.invalid.account.manual.adjustments.not.permitted'],
      [from(header), '403 error.msg.glJournalEntry.invalid.account.manual.adjustments.not.permitted'],
    ];
    for (const [body, expected] of cases)
      expect(await refusal(bank.post('/journalentries', body))).toBe(expected);
    expect(await count()).toEqual(before);
  });
});

describe('the journal guards itself', () => {
  const journal = (): Journal => ({
    officeId: 1,
    currencyCode: 'USD',
    transactionId: 'TEST-1',
    transactionDate: localDate('2024-06-10'),
    submittedOn: localDate('2024-06-10'),
    userId: 1,
    debits: [{ glAccountId: cash, amount: decimal('10') }],
    credits: [{ glAccountId: income, amount: decimal('10') }],
  });

  test('debits that are not credits stop the write before it reaches the database', async () => {
    const lame = { ...journal(), credits: [{ glAccountId: income, amount: decimal('9.99') }] };
    await expect(bank.db.transaction((tx) => postJournal(tx, lame))).rejects.toThrow('does not balance');
  });

  test('and past the program, at commit', async () => {
    const oneSided = bank.db.transaction((tx) =>
      tx.execute(sql`
        insert into journal_entries (office_id, gl_account_id, currency_code, transaction_id, transaction_date, entry_type,
                                     amount, submitted_on, created_by)
        values (1, ${cash}, 'USD', 'TEST-2', '2024-06-10', 2, 5, '2024-06-10', 1)`),
    );
    await expect(oneSided).rejects.toThrow('journal TEST-2 does not balance');
  });

  test('what was posted cannot be changed or removed', async () => {
    await bank.db.transaction((tx) => postJournal(tx, journal()));
    for (const statement of [
      sql`update journal_entries set amount = 11 where transaction_id = 'TEST-1'`,
      sql`delete from journal_entries where transaction_id = 'TEST-1'`,
      sql`truncate journal_entries`,
    ])
      await expect(bank.db.execute(statement)).rejects.toThrow('append-only');
  });
});

describe('closures', () => {
  test('bar every posting on or before their date, until the last one is deleted', async () => {
    const close = (closingDate: string) =>
      bank.post('/glclosures', { officeId: 1, closingDate, comments: 'May', ...iso });
    const { body } = await close('2024-05-31');
    expect(await refusal(close('2024-05-31'))).toBe('403 error.msg.glclosure.invalid.accounting.closed');
    expect(await refusal(close('2024-07-31'))).toBe('403 error.msg.glclosure.invalid.future.date');
    const closed = '403 error.msg.glJournalEntry.invalid.accounting.closed';
    expect(await refusal(bank.post('/journalentries', entry({ transactionDate: '2024-05-31' })))).toBe(
      closed,
    );
    expect((await bank.post('/journalentries', entry({ transactionDate: '2024-06-01' }))).status).toBe(200);
    const second = await close('2024-06-15');
    expect(await refusal(bank.delete(`/glclosures/${body.resourceId}`))).toBe(
      '403 error.msg.glclosure.invalid.delete',
    );
    const list = await bank.get('/glclosures?officeId=1');
    expect(list.body).toMatchObject([
      { closingDate: [2024, 6, 15] },
      { closingDate: [2024, 5, 31], comments: 'May' },
    ]);
    await bank.put(`/glclosures/${body.resourceId}`, { comments: 'Audited' });
    expect((await bank.get(`/glclosures/${body.resourceId}`)).body.comments).toBe('Audited');
    for (const id of [second.body.resourceId, body.resourceId])
      expect((await bank.delete(`/glclosures/${id}`)).status).toBe(200);
    expect((await bank.post('/journalentries', entry({ transactionDate: '2024-05-31' }))).status).toBe(200);
  });

  test('a posting that did not see a closure under way is refused all the same', async () => {
    const post = (id: string, between: () => Promise<void>) =>
      bank.db.transaction(async (tx) => {
        await postJournal(tx, {
          officeId: 1,
          currencyCode: 'USD',
          transactionId: id,
          transactionDate: localDate('2024-06-05'),
          submittedOn: localDate('2024-06-05'),
          userId: 1,
          debits: [{ glAccountId: cash, amount: decimal('1') }],
          credits: [{ glAccountId: income, amount: decimal('1') }],
        });
        await between();
      });
    // The closure waits for the posting that came first, and then both stand in this order.
    let closing: ReturnType<TestBank['post']> | undefined;
    const body = { officeId: 1, closingDate: '2024-06-05', ...iso };
    await post('RACE-1', async () => {
      closing = bank.post('/glclosures', body);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    const { status, body: closure } = (await closing)!;
    expect(status).toBe(200);
    await expect(post('RACE-2', async () => undefined)).rejects.toMatchObject({ status: 403 });
    await bank.delete(`/glclosures/${closure.resourceId}`);
  });
});
