import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from './manifest.ts';
import { expiredBackups } from './prune.ts';

const now = new Date('2026-11-22T03:00:00Z');
const dayMs = 86_400_000;

/** Days ago, or undefined for an unfinished one. */
const backup = (daysAgo: number | undefined) =>
  daysAgo === undefined
    ? { daysAgo }
    : {
        daysAgo,
        manifest: { startedAt: new Date(now.getTime() - daysAgo * dayMs).toISOString() } as Manifest,
      };

describe('expiredBackups', () => {
  it('are the complete ones older than that, but for the newest', () => {
    const backups = [31, undefined, 1, 30, 45].map(backup);
    expect(expiredBackups(backups, 30, now).map(({ daysAgo }) => daysAgo)).toEqual([31, 45]);
    expect(expiredBackups([60, 45, undefined].map(backup), 30, now)).toEqual([backup(60)]);
    expect(expiredBackups([backup(400)], 30, now)).toEqual([]);
  });

  it('never leave less than the newest, nor touch a young or an unfinished one', () => {
    const ages = fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }));
    fc.assert(
      fc.property(ages, fc.integer({ min: 1, max: 60 }), (daysAgo, keepDays) => {
        const backups = daysAgo.map(backup);
        const removed = expiredBackups(backups, keepDays, now);
        const complete = backups.filter((one) => one.manifest);
        expect(removed.every((one) => one.manifest && one.daysAgo! > keepDays)).toBe(true);
        expect(complete.length - removed.length).toBeGreaterThanOrEqual(Math.min(1, complete.length));
        const newest = Math.min(...complete.map((one) => one.daysAgo!));
        const left = complete.filter((one) => !removed.includes(one));
        if (complete.length > 0) expect(left.some((one) => one.daysAgo === newest)).toBe(true);
      }),
    );
  });
});
