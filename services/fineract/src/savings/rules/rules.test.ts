import { localDate } from '@fineract-gitops/dates';
import { Decimal, decimal, ZERO } from '@fineract-gitops/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { availableBalance, lockedUntil, lowestPermitted, overdraftPart } from './balance.ts';
import { type LedgerMovement, ledgerMovement, reversed, splitCorrection } from './ledger.ts';
import { TransactionType, type TransactionTypeId } from './transaction-type.ts';

describe('how low a balance may go', () => {
  const cases: [what: string, overdraft: string | null, minimum: string | null, lowest: string][] = [
    ['to zero', null, null, '0'],
    ['to the overdraft limit', '500', null, '-500'],
    ['to the minimum balance', null, '20', '20'],
    ['to the overdraft limit below the minimum', '500', '20', '-480'],
  ];
  test.each(cases)('%s', (_what, overdraftLimit, minRequiredBalance, lowest) => {
    const limits = {
      allowOverdraft: overdraftLimit !== null,
      overdraftLimit: decimal(overdraftLimit ?? '999'),
      enforceMinRequiredBalance: minRequiredBalance !== null,
      minRequiredBalance: decimal(minRequiredBalance ?? '999'),
    };
    expect(lowestPermitted(limits).toFixed()).toBe(lowest);
  });

  test('what can be withdrawn leaves holds and the minimum balance', () => {
    const limits = {
      allowOverdraft: true,
      overdraftLimit: decimal('500'),
      enforceMinRequiredBalance: true,
      minRequiredBalance: decimal('20'),
    };
    expect(availableBalance(decimal('100'), decimal('30'), limits).toFixed()).toBe('50');
  });
});

describe('the part of a movement below zero', () => {
  const cases: [before: string, after: string, part: string][] = [
    ['100', '40', '0'],
    ['100', '0', '0'],
    ['100', '-50', '50'],
    ['-50', '-80', '30'],
    ['-80', '-30', '50'],
    ['-80', '120', '80'],
    ['0', '10', '0'],
  ];
  test.each(cases)('from %s to %s is %s', (before, after, part) => {
    expect(overdraftPart(decimal(before), decimal(after)).toFixed()).toBe(part);
  });
});

describe('a lock-in period', () => {
  const cases: [length: number | null, unit: number | null, until: string | null][] = [
    [null, null, null],
    [0, 0, null],
    [10, 0, '2024-02-10'],
    [2, 1, '2024-02-14'],
    [1, 2, '2024-02-29'],
    [1, 3, '2025-01-31'],
  ];
  test.each(cases)(
    'of %s × unit %s ends on %s',
    (lockinPeriodFrequency, lockinPeriodFrequencyType, until) => {
      const activatedOn = localDate('2024-01-31');
      expect(lockedUntil({ activatedOn, lockinPeriodFrequency, lockinPeriodFrequencyType })).toBe(until);
    },
  );
});

const accounts = {
  reference: 1,
  control: 2,
  interestExpense: 3,
  feeIncome: 4,
  overdraftPortfolio: 5,
  interestIncome: 6,
};
const NAMES = ['', 'cash', 'control', 'interest expense', 'fee income', 'portfolio', 'interest income'];

function text(movement: LedgerMovement | null): string[] {
  const lines = (side: string, list: LedgerMovement['debits']) =>
    list.map(({ glAccountId, amount }) => `${side} ${NAMES[glAccountId]} ${amount}`);
  return movement ? [...lines('Dr', movement.debits), ...lines('Cr', movement.credits)] : [];
}

describe('what a transaction of 100 posts', () => {
  const cases: [what: string, type: TransactionTypeId, below: string, lines: string[]][] = [
    ['a deposit', TransactionType.deposit, '0', ['Dr cash 100', 'Cr control 100']],
    [
      'a deposit that pays 30 of debt',
      TransactionType.deposit,
      '30',
      ['Dr cash 100', 'Cr portfolio 30', 'Cr control 70'],
    ],
    ['a withdrawal', TransactionType.withdrawal, '0', ['Dr control 100', 'Cr cash 100']],
    [
      'a withdrawal, 30 of it on credit',
      TransactionType.withdrawal,
      '30',
      ['Dr portfolio 30', 'Dr control 70', 'Cr cash 100'],
    ],
    ['a withdrawal all on credit', TransactionType.withdrawal, '100', ['Dr portfolio 100', 'Cr cash 100']],
    ['interest', TransactionType.interest, '0', ['Dr interest expense 100', 'Cr control 100']],
    [
      'overdraft interest',
      TransactionType.overdraftInterest,
      '100',
      ['Dr portfolio 100', 'Cr interest income 100'],
    ],
    ['a fee', TransactionType.payCharge, '0', ['Dr control 100', 'Cr fee income 100']],
    ['a hold', TransactionType.hold, '0', []],
    ['a release', TransactionType.release, '0', []],
  ];
  test.each(cases)('%s', (_what, type, below, lines) => {
    const movement = { type, amount: decimal('100'), overdraftAmount: decimal(below) };
    expect(text(ledgerMovement(accounts, movement))).toEqual(lines);
  });

  test('a later change of the part below zero moves it between portfolio and control', () => {
    const correction = (type: TransactionTypeId, from: string, to: string) =>
      text(splitCorrection(accounts, type, decimal(from), decimal(to)));
    expect(correction(TransactionType.withdrawal, '30', '50')).toEqual(['Dr portfolio 20', 'Cr control 20']);
    expect(correction(TransactionType.withdrawal, '50', '30')).toEqual(['Dr control 20', 'Cr portfolio 20']);
    expect(correction(TransactionType.deposit, '0', '20')).toEqual(['Dr control 20', 'Cr portfolio 20']);
    expect(correction(TransactionType.deposit, '20', '20')).toEqual([]);
  });
});

test('posting and correcting comes to the same as posting what is right', () => {
  const cents = fc.integer({ min: 0, max: 10_000 }).map((amount) => new Decimal(amount).dividedBy(100));
  const types = fc.constantFrom<TransactionTypeId>(1, 2, 3, 7, 17);
  const net = (movements: (LedgerMovement | null)[]) => {
    const totals: Record<number, Decimal> = {};
    for (const movement of movements) {
      for (const { glAccountId, amount } of movement?.debits ?? [])
        totals[glAccountId] = (totals[glAccountId] ?? ZERO).plus(amount);
      for (const { glAccountId, amount } of movement?.credits ?? [])
        totals[glAccountId] = (totals[glAccountId] ?? ZERO).minus(amount);
    }
    return Object.entries(totals)
      .filter(([, total]) => !total.isZero())
      .map(([id, total]) => `${id} ${total}`);
  };
  fc.assert(
    fc.property(types, cents, cents, cents, (type, a, b, rest) => {
      const amount = Decimal.max(a, b).plus(rest).plus('0.01');
      const wrong = ledgerMovement(accounts, { type, amount, overdraftAmount: a });
      const right = ledgerMovement(accounts, { type, amount, overdraftAmount: b });
      expect(net([wrong, splitCorrection(accounts, type, a, b)])).toEqual(net([right]));
      expect(net([right, right && reversed(right)])).toEqual([]);
    }),
  );
});
