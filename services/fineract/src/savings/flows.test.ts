/** Random sequences of operations against a small model of an account; the ledger's invariants are checked after each. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { iso, openSavingsBank, type SavingsBank } from './testing/savings-bank.ts';

const OVERDRAFT_LIMIT = 50;
let bank: SavingsBank;
let productId: number;
beforeAll(async () => {
  bank = await openSavingsBank('2024-06-30');
  productId = await bank.createProduct({
    allowOverdraft: true,
    overdraftLimit: OVERDRAFT_LIMIT,
    nominalAnnualInterestRate: 0,
  });
});
afterAll(() => bank[Symbol.asyncDispose]());

interface ModelRow {
  readonly id: number;
  readonly kind: 'deposit' | 'withdrawal' | 'hold' | 'release';
  readonly day: number;
  readonly amount: number;
  undone: boolean;
  released: boolean;
}

/** The account as a list of rows, amounts in cents; everything else is computed from them. */
class Model {
  readonly rows: ModelRow[] = [];

  standing(): ModelRow[] {
    return this.rows.filter(({ undone }) => !undone).toSorted((a, b) => a.day - b.day || a.id - b.id);
  }

  /** Balance and what is on hold after each standing row. */
  history(rows = this.standing()): { balance: number; held: number; row: ModelRow }[] {
    let balance = 0;
    let held = 0;
    return rows.map((row) => {
      if (row.kind === 'deposit') balance += row.amount;
      if (row.kind === 'withdrawal') balance -= row.amount;
      if (row.kind === 'hold') held += row.amount;
      if (row.kind === 'release') held -= row.amount;
      return { balance, held, row };
    });
  }

  /** Whether every balance from a row on stays within the overdraft limit. */
  permitted(rows: ModelRow[], from: ModelRow): boolean {
    return this.history(rows)
      .filter(({ row }) => row.day > from.day || (row.day === from.day && row.id >= from.id))
      .every(({ balance, held }) => balance - held >= -OVERDRAFT_LIMIT * 100);
  }

  lastDay(): number {
    return Math.max(0, ...this.rows.map(({ day, undone }) => (undone ? 0 : day)));
  }
}

type Step =
  | { readonly name: 'deposit' | 'withdrawal' | 'hold'; readonly day: number; readonly amount: number }
  | { readonly name: 'undo' | 'release'; readonly pick: number };

const moving = fc.record({
  name: fc.constantFrom('deposit' as const, 'withdrawal' as const, 'hold' as const),
  day: fc.integer({ min: 1, max: 28 }),
  amount: fc.integer({ min: 1, max: 15_000 }),
});
const taking = fc.record({ name: fc.constantFrom('undo' as const, 'release' as const), pick: fc.nat() });
const step: fc.Arbitrary<Step> = fc.oneof({ weight: 3, arbitrary: moving }, { weight: 1, arbitrary: taking });

const date = (day: number) => `2024-06-${String(day).padStart(2, '0')}`;

/** Does a step on the bank, and on the model when the model says that it must succeed. */
async function perform(accountId: number, model: Model, action: Step): Promise<void> {
  const path = `/savingsaccounts/${accountId}/transactions`;
  if ('pick' in action) {
    const kinds = action.name === 'undo' ? ['deposit', 'withdrawal'] : ['hold'];
    const candidates = model.rows.filter(
      ({ kind, undone, released }) => kinds.includes(kind) && !undone && !released,
    );
    const row = candidates[action.pick % Math.max(candidates.length, 1)];
    if (!row) return;
    const command = action.name === 'undo' ? 'undo' : 'releaseAmount';
    const answer = await bank.post(`${path}/${row.id}?command=${command}`, {});
    if (action.name === 'release') {
      expect(answer.status).toBe(200);
      row.released = true;
      model.rows.push({
        id: answer.body.resourceId,
        kind: 'release',
        day: 30,
        amount: row.amount,
        undone: false,
        released: false,
      });
      return;
    }
    const without = model.standing().filter((each) => each !== row);
    const permitted = row.kind === 'withdrawal' || model.permitted(without, row);
    expect(answer.status).toBe(permitted ? 200 : 400);
    row.undone = permitted;
    return;
  }
  const { name: kind, day, amount } = action;
  const reason = kind === 'hold' ? { reasonForBlock: 'test' } : {};
  const body = {
    transactionDate: date(day),
    transactionAmount: (amount / 100).toFixed(2),
    ...reason,
    ...iso,
  };
  const answer = await bank.post(`${path}?command=${kind === 'hold' ? 'holdAmount' : kind}`, body);
  const row: ModelRow = {
    id: answer.body.resourceId ?? Number.MAX_SAFE_INTEGER,
    kind,
    day,
    amount,
    undone: false,
    released: false,
  };
  const last = model.history().at(-1) ?? { balance: 0, held: 0 };
  const permitted =
    kind === 'deposit' ||
    (kind === 'withdrawal'
      ? model.permitted(
          [...model.standing(), row].toSorted((a, b) => a.day - b.day || a.id - b.id),
          row,
        )
      : day >= model.lastDay() && amount <= last.balance - last.held);
  expect({ kind, day, amount, status: answer.status < 300 }).toEqual({
    kind,
    day,
    amount,
    status: permitted,
  });
  if (permitted) model.rows.push(row);
}

async function compare(accountId: number, model: Model): Promise<void> {
  const broken = await bank.brokenInvariants();
  expect(broken).toEqual(Object.fromEntries(Object.keys(broken).map((name) => [name, []])));
  const { body } = await bank.get(`/savingsaccounts/${accountId}?associations=transactions`);
  const shown = body.transactions
    .filter(({ reversed }: { reversed: boolean }) => !reversed)
    .map(({ id, runningBalance }: { id: number; runningBalance: number }) => `${id} ${runningBalance}`)
    .toReversed();
  expect(shown).toEqual(model.history().map(({ row, balance }) => `${row.id} ${balance / 100}`));
  expect(body.savingsAmountOnHold).toBe((model.history().at(-1)?.held ?? 0) / 100);
}

test('whatever is done in whatever order, the account agrees with the model and the ledger with the account', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const accountId = await bank.openAccount({ productId, activatedOn: '2024-06-01' });
      const model = new Model();
      for (const each of steps) {
        await perform(accountId, model, each);
        await compare(accountId, model);
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
