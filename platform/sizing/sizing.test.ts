import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createModel } from '../model/model.ts';
import type { ProviderName } from '../model/types.ts';
import { recommend } from './recommend.ts';

const model = createModel();
const providers: readonly ProviderName[] = ['self-hosted', 'aws', 'azure', 'gcp'];
const loads = fc.record({
  clients: fc.integer({ min: 1, max: 5_000_000 }),
  tps: fc.integer({ min: 1, max: 5_000 }),
});

describe('what a bank is told', () => {
  test.each([
    ['a credit union', { clients: 5_000, tps: 5 }, 'standard', 'customers’ money'],
    ['a test', { clients: 5_000, tps: 5, testing: true }, 'minimal', 'a test'],
    ['a test with many people', { clients: 50_000, tps: 5, testing: true }, 'standard', '500 people at once'],
    ['a microfinance institution', { clients: 250_000, tps: 60 }, 'full', '2500 people at once'],
    ['few people, many payments', { clients: 20_000, tps: 400 }, 'full', '400 transactions a second'],
  ] as const)('%s', (_name, load, profile, because) => {
    const found = recommend(model, load);
    expect(found.profile).toBe(profile);
    expect(found.because).toContain(because);
    expect(found.warnings).toEqual([]);
  });

  test('a small load gets the source’s own sizes', () => {
    const { replicas, databaseGi, totals } = recommend(model, { clients: 20_000, tps: 1 });
    expect(replicas).toEqual({ 'fineract-read': 1, 'fineract-write': 1, 'fineract-batch': 1 });
    expect(databaseGi).toBe(100);
    expect(totals).toEqual({ cpuMillis: 5_500, memoryMi: 14 * 1024, storageGi: 110 });
  });

  test('what the figures cannot promise is said', () => {
    const { warnings } = recommend(model, { clients: 2_000_000, tps: 3_000 });
    expect(warnings.join(' ')).toContain('beyond the 1500 assumed of one primary');
    expect(warnings.join(' ')).toContain('beyond the 5000 that the full profile was made for');
  });

  test('no load is no bank', () => {
    expect(() => recommend(model, { clients: 0, tps: 1 })).toThrow('above zero');
    expect(() => recommend(model, { clients: 10, tps: Number.NaN })).toThrow('above zero');
  });
});

test('more load never gets less, on any provider', () => {
  fc.assert(
    fc.property(loads, loads, fc.constantFrom(...providers), (a, b, provider) => {
      const small = recommend(
        model,
        { clients: Math.min(a.clients, b.clients), tps: Math.min(a.tps, b.tps) },
        provider,
      );
      const large = recommend(
        model,
        { clients: Math.max(a.clients, b.clients), tps: Math.max(a.tps, b.tps) },
        provider,
      );
      for (const name of ['fineract-read', 'fineract-write', 'fineract-batch'] as const)
        expect(large.replicas[name]).toBeGreaterThanOrEqual(small.replicas[name]);
      expect(large.databaseGi).toBeGreaterThanOrEqual(small.databaseGi);
      expect(large.cost.totalUsd).toBeGreaterThanOrEqual(small.cost.totalUsd);
    }),
    { numRuns: 100 },
  );
});

test('the estimate adds up', () => {
  fc.assert(
    fc.property(loads, fc.constantFrom(...providers), (load, provider) => {
      const { cost } = recommend(model, load, provider);
      const cents = cost.items.reduce((sum, { usd }) => sum + Math.round(usd * 100), 0);
      expect(Math.round(cost.totalUsd * 100)).toBe(cents);
    }),
    { numRuns: 50 },
  );
});
