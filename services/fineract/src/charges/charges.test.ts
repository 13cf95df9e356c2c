import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { innerCodes, openTestBank, type TestBank } from '../testing/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank[Symbol.asyncDispose]());

const flat = {
  name: 'Withdrawal fee',
  currencyCode: 'USD',
  chargeAppliesTo: 2,
  chargeTimeType: 5,
  chargeCalculationType: 1,
  amount: 1.25,
  active: true,
  locale: 'en',
};

describe('charge definitions', () => {
  test('are created, read with exact amounts, changed and deleted', async () => {
    const { body } = await bank.post('/charges', { ...flat, amount: '1,234.10' });
    const read = await bank.get(`/charges/${body.resourceId}`);
    expect(read.body).toMatchObject({
      name: 'Withdrawal fee',
      amount: 1234.1,
      active: true,
      penalty: false,
      currency: { code: 'USD', decimalPlaces: 2 },
      chargeTimeType: { id: 5, code: 'chargeTimeType.withdrawalFee' },
      chargeAppliesTo: { id: 2 },
      chargeCalculationType: { id: 1, value: 'Flat' },
    });
    const changed = await bank.put(`/charges/${body.resourceId}`, { amount: '2,5', locale: 'de' });
    expect(changed.body.changes).toEqual({ amount: 2.5 });
    expect((await bank.get('/charges')).body).toMatchObject([{ amount: 2.5 }]);
    expect((await bank.put(`/charges/${body.resourceId}`, { amount: 2.5 })).body.changes).toEqual({});
    expect((await bank.delete(`/charges/${body.resourceId}`)).status).toBe(200);
    expect((await bank.get(`/charges/${body.resourceId}`)).status).toBe(404);
  });

  test('a monthly fee keeps its day', async () => {
    const monthly = { ...flat, name: 'Monthly fee', chargeTimeType: 7, feeInterval: 1 };
    const { body } = await bank.post('/charges', {
      ...monthly,
      feeOnMonthDay: '29 February',
      monthDayFormat: 'dd MMMM',
    });
    expect((await bank.get(`/charges/${body.resourceId}`)).body.feeOnMonthDay).toEqual([2, 29]);
    expect((await bank.put(`/charges/${body.resourceId}`, { feeOnMonthDay: [3, 1] })).body.changes).toEqual({
      feeOnMonthDay: [3, 1],
    });
  });

  test('the template lists what may be chosen', async () => {
    const { body } = await bank.get('/charges/template');
    expect(body.savingsChargeTimeTypeOptions).toHaveLength(9);
    expect(body.currencyOptions).toMatchObject([{ code: 'USD' }]);
  });

  const refusals: [what: string, body: object, status: number, code: string][] = [
    ['zero', { amount: 0 }, 400, 'validation.msg.charge.amount.not.greater.than.zero'],
    ['seven places', { amount: '0.1234567' }, 400, 'validation.msg.charge.amount.scale.is.greater.than.6'],
    [
      'a loan charge',
      { chargeAppliesTo: 1 },
      400,
      'validation.msg.charge.chargeAppliesTo.is.not.one.of.expected.enumerations',
    ],
    ['no day', { chargeTimeType: 6 }, 400, 'validation.msg.charge.feeOnMonthDay.cannot.be.blank'],
    [
      'no interval',
      { chargeTimeType: 7, feeOnMonthDay: [1, 1] },
      400,
      'validation.msg.charge.feeInterval.cannot.be.blank',
    ],
    ['31 April', { chargeTimeType: 6, feeOnMonthDay: [4, 31] }, 400, 'validation.msg.invalid.month.day'],
    [
      'a weekly fee with a day',
      { chargeTimeType: 11, feeOnMonthDay: [1, 1] },
      400,
      'validation.msg.charge.feeOnMonthDay.cannot.also.be.provided.when.chargeTimeType.is.11',
    ],
    [
      'a currency that is not used',
      { currencyCode: 'EUR' },
      404,
      'error.msg.currency.currencyCode.invalid.or.not.supported',
    ],
  ];
  test.each(refusals)('refuses %s', async (_what, part, status, code) => {
    const refused = await bank.post('/charges', { ...flat, name: 'Refused', ...part });
    expect(refused.status).toBe(status);
    expect(innerCodes(refused)).toContain(code);
    expect(JSON.stringify((await bank.get('/charges')).body)).not.toContain('Refused');
  });
});
