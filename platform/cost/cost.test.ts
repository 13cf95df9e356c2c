import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createModel, environmentOf } from '../model/model.ts';
import type { ClusterProfile } from '../model/types.ts';
import { type Estimate, estimate, estimateProfile, type Hosting } from './estimate.ts';
import { awsK3sRange, profileRanges, providerRanges, type Range } from './ranges.ts';

const model = createModel();

function expectInside({ totalUsd }: Estimate, [min, max]: Range): void {
  expect(totalUsd).toBeGreaterThanOrEqual(min);
  expect(totalUsd).toBeLessThanOrEqual(max);
}

/** The source's two tables, written out once more, so that neither copy changes unnoticed. */
const dollars: readonly (readonly [environment: string, range: Range])[] = [
  ['dev', [30, 40]],
  ['dev-aws', [90, 110]],
  ['dev-azure', [90, 120]],
  ['dev-gcp', [85, 110]],
  ['production', [100, 150]],
  ['production-aws', [400, 500]],
  ['production-azure', [380, 470]],
  ['production-gcp', [370, 460]],
];

describe('the source’s cost per provider', () => {
  test.each(dollars)('%s lies in %s', (name, range) => {
    const environment = environmentOf(model, name);
    const found = estimate(model, environment);
    expectInside(found, range);
    expect(found.sourceRange).toEqual(range);
    if (environment.stage !== 'uat')
      expect(providerRanges[environment.provider][environment.stage]).toEqual(range);
  });

  test('AWS with K3s costs what the source says', () => {
    expect(awsK3sRange).toEqual([40, 50]);
    expectInside(estimate(model, environmentOf(model, 'dev-aws'), { k3s: true }), awsK3sRange);
  });
});

const profiles: readonly (readonly [profile: ClusterProfile, hosting: Hosting, range: Range])[] = [
  ['standard', 'self-hosted', [60, 80]],
  ['standard', 'managed', [110, 140]],
  ['full', 'self-hosted', [150, 200]],
  ['full', 'managed', [400, 500]],
];

test.each(profiles)('the profile %s, %s, lies in %s', (profile, hosting, range) => {
  const found = estimateProfile(model, profile, hosting);
  expectInside(found, range);
  expect(found.sourceRange).toEqual(range);
});

test('the source names no cost of the minimal profile, and none is made up', () => {
  expect(profileRanges.minimal).toBeUndefined();
  expect(estimateProfile(model, 'minimal', 'managed').sourceRange).toBeUndefined();
});

test('uat is the standard profile on own servers', () => {
  expectInside(estimate(model, environmentOf(model, 'uat')), [60, 80]);
});

test('a total is the sum of its items, to the cent', () => {
  for (const environment of model.environments) {
    const { items, totalUsd } = estimate(model, environment);
    const sum = items.reduce((cents, { usd }) => cents + Math.round(usd * 100), 0);
    expect(Math.round(totalUsd * 100)).toBe(sum);
  }
});

test('more to run never costs less', () => {
  const environments = fc.constantFrom(...model.environments);
  fc.assert(
    fc.property(environments, fc.integer({ min: 0, max: 8_000 }), (environment, cpuMillis) => {
      const grown = createModel({
        components: model.components.map((component) =>
          component.name === 'fineract-read'
            ? {
                ...component,
                resources: {
                  ...component.resources,
                  [environment.profile]: { cpuMillis: 600 + cpuMillis, memoryMi: 1536 },
                },
              }
            : component,
        ),
      });
      expect(estimate(grown, environment).totalUsd).toBeGreaterThanOrEqual(
        estimate(model, environment).totalUsd,
      );
    }),
    { numRuns: 60 },
  );
});

test('an environment that sleeps costs less than one that does not', () => {
  const environment = environmentOf(model, 'dev-gcp');
  const awake = estimate(model, { ...environment, sleepsAtNight: false });
  expect(estimate(model, environment).totalUsd).toBeLessThan(awake.totalUsd);
});
