import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { done, iso, openSavingsBank, refusal, type SavingsBank } from './testing/savings-bank.ts';

let bank: SavingsBank;
let productId: number;
let clientId: number;
beforeAll(async () => {
  bank = await openSavingsBank('2024-06-30');
  productId = await bank.createProduct();
  clientId = await bank.createClient('2024-01-10');
});
afterAll(() => bank[Symbol.asyncDispose]());

const application = (overrides: object = {}) => ({
  clientId,
  productId,
  submittedOnDate: '2024-02-01',
  ...iso,
  ...overrides,
});
const submit = async (overrides: object = {}): Promise<number> =>
  (await done(bank.post('/savingsaccounts', application(overrides)))).savingsId;
const step = (id: number, command: string, body: object = {}) =>
  bank.post(`/savingsaccounts/${id}?command=${command}`, { ...body, ...iso });
const approve = (id: number, approvedOnDate = '2024-02-02') => step(id, 'approve', { approvedOnDate });
const activate = (id: number, activatedOnDate = '2024-02-03') => step(id, 'activate', { activatedOnDate });
const status = async (id: number) => (await bank.get(`/savingsaccounts/${id}`)).body.status;

describe('products', () => {
  test('read back with terms, mapping and options', async () => {
    const { body } = await bank.get(`/savingsproducts/${productId}`);
    expect(body).toMatchObject({
      currency: { code: 'USD', decimalPlaces: 2 },
      nominalAnnualInterestRate: 5,
      interestCompoundingPeriodType: { id: 4, value: 'Monthly' },
      interestPostingPeriodType: { id: 4 },
      interestCalculationType: { id: 1, value: 'Daily Balance' },
      interestCalculationDaysInYearType: { id: 365 },
      accountingRule: { id: 2, code: 'accountingRuleType.cash' },
      accountingMappings: {
        savingsControlAccount: { id: bank.gl['savingsControlAccountId'], name: 'Savings control' },
      },
      charges: [],
    });
    expect((await bank.get('/savingsproducts')).body).toHaveLength(1);
    const template = await bank.get('/savingsproducts/template');
    expect(template.body.accountingMappingOptions.assetAccountOptions).toMatchObject([
      { name: 'Cash' },
      { name: 'Overdraft portfolio' },
    ]);
  });

  test('change, but not in what accounts depend on', async () => {
    const id = await bank.createProduct({ name: 'Youth', shortName: 'YTH' });
    const changed = await bank.put(`/savingsproducts/${id}`, {
      nominalAnnualInterestRate: 3.5,
      description: 'For the young',
    });
    expect(changed.body.changes).toEqual({ nominalAnnualInterestRate: 3.5, description: 'For the young' });
    expect((await bank.put(`/savingsproducts/${id}`, { digitsAfterDecimal: 3 })).status).toBe(200);
    await submit({ productId: id });
    expect(await refusal(bank.put(`/savingsproducts/${id}`, { digitsAfterDecimal: 2 }))).toBe(
      '403 error.msg.savingsproduct.currency.or.accounting.cannot.change',
    );
  });

  const cases: [what: string, overrides: object, expected: string][] = [
    ['a taken name', { name: 'Savings 1' }, '403 error.msg.savingsproduct.duplicate.name'],
    ['a taken short name', { shortName: 'S1' }, '403 error.msg.savingsproduct.duplicate.short.name'],
    [
      'a negative rate',
      { nominalAnnualInterestRate: -1 },
      '400 validation.msg.savingsproduct.nominalAnnualInterestRate.not.zero.or.greater',
    ],
    [
      'posting more often than compounding',
      { interestCompoundingPeriodType: 5 },
      '400 validation.msg.savingsproduct.posting.period.type.is.less.than.compound.period.type',
    ],
    [
      'an unknown currency',
      { currencyCode: 'XXX' },
      '404 error.msg.currency.currencyCode.invalid.or.not.supported',
    ],
    [
      'accounting without its accounts',
      { savingsControlAccountId: null },
      '400 validation.msg.savingsproduct.savingsControlAccountId.cannot.be.blank',
    ],
    ['an unknown ledger account', { savingsControlAccountId: 99_999 }, '404 error.msg.glaccount.id.invalid'],
    ['an unknown charge', { charges: [{ id: 99_999 }] }, '404 error.msg.charge.id.invalid'],
    [
      'what is not offered',
      { withHoldTax: true },
      '400 validation.msg.savingsproduct.withHoldTax.not.supported',
    ],
  ];
  test.each(cases)('refuse %s', async (_what, overrides, expected) => {
    const answer = bank.createProduct(overrides).catch((error: Error) => error.message);
    const [statusCode, code] = expected.split(' ');
    expect(await answer).toContain(`answered ${statusCode}`);
    expect(await answer).toContain(code);
  });

  test('refuse a ledger account of the wrong type', async () => {
    const swapped = { savingsControlAccountId: bank.gl['savingsReferenceAccountId'] };
    await expect(bank.createProduct(swapped)).rejects.toThrow(
      'error.msg.savingsControlAccountId.invalid.account.type',
    );
  });
});

describe('the life of an account', () => {
  test('submitted, approved, active; each with its date and who did it', async () => {
    const id = await submit({ externalId: 'life-1', nominalAnnualInterestRate: 4 });
    expect(await status(id)).toMatchObject({ id: 100, submittedAndPendingApproval: true, active: false });
    const approved = await done(approve(id));
    expect(approved).toMatchObject({
      savingsId: id,
      resourceId: id,
      clientId,
      officeId: 1,
      changes: { status: { id: 200 } },
    });
    await done(activate(id));
    const { body } = await bank.get(`/savingsaccounts/${id}`);
    expect(body).toMatchObject({
      accountNo: String(id).padStart(9, '0'),
      externalId: 'life-1',
      clientName: 'Ada Byron',
      status: { id: 300, active: true },
      nominalAnnualInterestRate: 4,
      timeline: {
        submittedOnDate: [2024, 2, 1],
        approvedOnDate: [2024, 2, 2],
        activatedOnDate: [2024, 2, 3],
        activatedByUsername: 'admin',
      },
      summary: { accountBalance: 0, availableBalance: 0, totalDeposits: 0 },
    });
  });

  test('an approval is undone; an application is changed, rejected, withdrawn or deleted', async () => {
    const [first, second, third] = [await submit(), await submit(), await submit()];
    await done(approve(first));
    await done(step(first, 'undoapproval'));
    expect(
      (await bank.put(`/savingsaccounts/${first}`, { nominalAnnualInterestRate: 2 })).body.changes,
    ).toEqual({ nominalAnnualInterestRate: 2 });
    await done(step(first, 'reject', { rejectedOnDate: '2024-02-05' }));
    await done(step(second, 'withdrawnByApplicant', { withdrawnOnDate: '2024-02-05' }));
    expect([(await status(first)).id, (await status(second)).id]).toEqual([500, 400]);
    expect((await bank.delete(`/savingsaccounts/${third}`)).status).toBe(200);
    expect((await bank.get(`/savingsaccounts/${third}`)).status).toBe(404);
  });

  test('a required opening balance is deposited on activation', async () => {
    const id = await submit({ minRequiredOpeningBalance: 250 });
    await done(approve(id));
    await done(activate(id));
    const { body } = await bank.get(`/savingsaccounts/${id}?associations=all`);
    expect(body).toMatchObject({
      summary: { accountBalance: 250 },
      transactions: [{ amount: 250, date: [2024, 2, 3] }],
      charges: [],
    });
  });

  test('closing pays the rest out', async () => {
    const id = await bank.openAccount();
    await bank.deposit(id, '2024-02-01', 80);
    const close = (body: object) => step(id, 'close', { closedOnDate: '2024-03-01', ...body });
    expect(await refusal(close({}))).toBe(
      '400 validation.msg.savingsaccount.close.results.in.balance.not.zero',
    );
    expect(await refusal(close({ closedOnDate: '2024-01-31' }))).toBe(
      '400 validation.msg.savingsaccount.close.closedOnDate.must.be.after.last.transaction.date',
    );
    expect(await refusal(close({ postInterestValidationOnClosure: true, withdrawBalance: true }))).toBe(
      '403 error.msg.postInterest.notDone',
    );
    await done(close({ withdrawBalance: true }));
    expect(await status(id)).toMatchObject({ id: 600, closed: true });
    const money = { transactionDate: '2024-03-02', transactionAmount: 1, ...iso };
    expect(await refusal(bank.post(`/savingsaccounts/${id}/transactions?command=deposit`, money))).toBe(
      '400 error.msg.savingsaccount.transaction.account.is.not.active',
    );
    const broken = await bank.brokenInvariants();
    expect(Object.values(broken).flat()).toEqual([]);
  });

  test('steps out of turn, and on impossible dates, are refused', async () => {
    const id = await submit();
    const pending = 'not.in.submittedandpendingapproval.state';
    expect(await refusal(activate(id))).toBe(
      '400 validation.msg.savingsaccount.activate.not.in.approved.state',
    );
    expect(await refusal(approve(id, '2024-01-31'))).toBe(
      '400 validation.msg.savingsaccount.approval.cannot.be.before.submittal.date',
    );
    expect(await refusal(approve(id, '2024-07-01'))).toBe(
      '400 validation.msg.savingsaccount.approval.cannot.be.a.future.date',
    );
    await done(approve(id));
    expect(await refusal(approve(id))).toBe(`400 validation.msg.savingsaccount.approval.${pending}`);
    expect(await refusal(bank.put(`/savingsaccounts/${id}`, { externalId: 'x' }))).toBe(
      `400 validation.msg.savingsaccount.modify.${pending}`,
    );
    expect(await refusal(bank.delete(`/savingsaccounts/${id}`))).toBe(
      `400 validation.msg.savingsaccount.delete.${pending}`,
    );
    expect(await refusal(activate(id, '2024-02-01'))).toBe(
      '400 validation.msg.savingsaccount.activate.cannot.be.before.approval.date',
    );
    await done(activate(id));
    expect(await refusal(activate(id))).toBe(
      '400 validation.msg.savingsaccount.activate.not.in.approved.state',
    );
  });

  test('applications that cannot be are refused', async () => {
    const cases: [overrides: object, expected: string][] = [
      [{ clientId: 99_999 }, '404 error.msg.client.id.invalid'],
      [{ productId: 99_999 }, '404 error.msg.savingproduct.id.invalid'],
      [
        { submittedOnDate: '2024-01-09' },
        '400 validation.msg.savingsaccount.summital.cannot.be.before.client.activation.date',
      ],
      [
        { submittedOnDate: '2024-07-01' },
        '400 validation.msg.savingsaccount.summital.cannot.be.a.future.date',
      ],
      [{ externalId: 'life-1' }, '403 error.msg.savingsaccount.duplicate.externalId'],
      [{ fieldOfficerId: 99_999 }, '404 error.msg.staff.id.invalid'],
      [{ charges: [{ chargeId: 99_999 }] }, '404 error.msg.charge.id.invalid'],
      [{ lienAllowed: true }, '400 validation.msg.savingsaccount.lienAllowed.not.supported'],
      [{ surprise: 1 }, '400 error.msg.parameter.unsupported'],
    ];
    for (const [overrides, expected] of cases)
      expect(await refusal(bank.post('/savingsaccounts', application(overrides)))).toBe(expected);
  });

  test('a lock-in period and a minimum balance hold money back', async () => {
    const locked = await bank.openAccount({
      activatedOn: '2024-02-01',
      terms: { lockinPeriodFrequency: 1, lockinPeriodFrequencyType: 2 },
    });
    await bank.deposit(locked, '2024-02-01', 100);
    const money = (transactionDate: string, transactionAmount: number) => ({
      transactionDate,
      transactionAmount,
      ...iso,
    });
    const withdraw = (id: number, date: string, amount: number) =>
      bank.post(`/savingsaccounts/${id}/transactions?command=withdrawal`, money(date, amount));
    expect(await refusal(withdraw(locked, '2024-02-29', 1))).toBe(
      '400 error.msg.savingsaccount.transaction.withdrawals.blocked.during.lockin.period',
    );
    await done(withdraw(locked, '2024-03-01', 1));
    const kept = await bank.openAccount({
      terms: { enforceMinRequiredBalance: true, minRequiredBalance: 20 },
    });
    await bank.deposit(kept, '2024-02-01', 100);
    expect(await refusal(withdraw(kept, '2024-02-01', 81))).toBe(
      '403 error.msg.savingsaccount.transaction.insufficient.account.balance',
    );
    await done(withdraw(kept, '2024-02-01', 80));
  });
});

describe('reading', () => {
  test('lists are paged, filtered and within the office', async () => {
    const page = await bank.get('/savingsaccounts?limit=2&offset=1&orderBy=id&sortOrder=desc');
    expect(page.body.pageItems).toHaveLength(2);
    expect(page.body.totalFilteredRecords).toBeGreaterThan(3);
    const mine = await bank.get(`/savingsaccounts?clientId=${clientId}&status=300`);
    expect(mine.body.pageItems.every((each: { clientId: number }) => each.clientId === clientId)).toBe(true);
    expect(await refusal(bank.get('/savingsaccounts?orderBy=balance;drop'))).toBe(
      '400 error.msg.query.parameter.value.unsupported',
    );
  });

  test('an account answers to the id that another system gave it', async () => {
    const id = await submit({ externalId: 'crm/77' });
    const path = `/savingsaccounts/external-id/${encodeURIComponent('crm/77')}`;
    expect((await bank.get(path)).body).toMatchObject({ id, externalId: 'crm/77' });
    await done(bank.post(`${path}?command=approve`, { approvedOnDate: '2024-02-02', ...iso }));
    expect(await status(id)).toMatchObject({ id: 200 });
    expect(await refusal(bank.get('/savingsaccounts/external-id/nobody'))).toBe(
      '404 error.msg.saving.account.id.invalid',
    );
  });

  test('charges come from the product, or from the application', async () => {
    const definition = {
      name: 'Card',
      currencyCode: 'USD',
      amount: 3,
      active: true,
      chargeAppliesTo: 2,
      chargeTimeType: 2,
      chargeCalculationType: 1,
    };
    const chargeId = (await done(bank.post('/charges', { ...definition, ...iso }))).resourceId;
    const withCharge = await bank.createProduct({ charges: [{ id: chargeId }] });
    const charges = async (id: number) =>
      (await bank.get(`/savingsaccounts/${id}/charges`)).body.map(
        (each: { name: string; amount: number }) => `${each.name} ${each.amount}`,
      );
    expect(await charges(await submit({ productId: withCharge }))).toEqual(['Card 3']);
    const own = await submit({ productId: withCharge, charges: [{ chargeId, amount: 2 }] });
    expect(await charges(own)).toEqual(['Card 2']);
    expect(await charges(await submit({ productId: withCharge, charges: [] }))).toEqual([]);
    expect(await refusal(bank.delete(`/savingsproducts/${withCharge}`))).toBe(
      '403 error.msg.savingsproduct.in.use',
    );
    expect((await bank.delete(`/savingsproducts/${await bank.createProduct()}`)).status).toBe(200);
  });

  test('templates offer what forms need', async () => {
    const { body } = await bank.get(`/savingsaccounts/template?clientId=${clientId}&productId=${productId}`);
    expect(body).toMatchObject({ clientId, savingsProductId: productId, nominalAnnualInterestRate: 5 });
    expect(body.productOptions.length).toBeGreaterThan(0);
    const id = await bank.openAccount();
    const form = await bank.get(`/savingsaccounts/${id}/transactions/template?command=withdrawal`);
    expect(form.body).toMatchObject({
      accountId: id,
      transactionType: { withdrawal: true },
      date: [2024, 6, 30],
    });
  });

  test('transactions are paged and searched', async () => {
    const id = await bank.openAccount();
    for (const day of [1, 2, 3]) await bank.deposit(id, `2024-02-0${day}`, day);
    const page = await bank.get(`/savingsaccounts/${id}/transactions?limit=1&offset=1`);
    expect(page.body).toMatchObject({ totalFilteredRecords: 3, pageItems: [{ amount: 2 }] });
    const found = await bank.get(
      `/savingsaccounts/${id}/transactions/search?fromDate=2024-02-02&types=1&sortOrder=asc`,
    );
    expect(found.body).toMatchObject({ total: 2, content: [{ amount: 2 }, { amount: 3 }] });
  });
});
