import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readInputs, textsOf, writeToDisk } from '../disk.ts';
import { createModel, environmentOf } from '../model/model.ts';
import { renderTree } from '../render/index.ts';
import { diffEnvironments, planEnvironment, sideOf } from './environments.ts';
import { diffLive } from './live.ts';
import { compareObjects, fieldChanges } from './objects.ts';
import { readTree, readTreeAt } from './read-tree.ts';

const model = createModel();
const inputs = readInputs(join(import.meta.dirname, '../../deploy'));
const tree = renderTree(model, inputs);
const environment = (name: string) => environmentOf(model, name);
const scratch = mkdtempSync(join(tmpdir(), 'fineract-compare-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('fields', () => {
  test('an inserted entry does not shift the others', () => {
    const before = {
      env: [
        { name: 'A', value: '1' },
        { name: 'C', value: '3' },
      ],
    };
    const after = {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'C', value: '4' },
      ],
    };
    expect(fieldChanges(before, after)).toEqual([
      { path: 'env[name=C].value', before: '3', after: '4' },
      { path: 'env[name=B]', before: undefined, after: { name: 'B', value: '2' } },
    ]);
  });

  test('another order is a change', () => {
    const [a, b] = [{ name: 'A' }, { name: 'B' }];
    expect(fieldChanges({ env: [a, b] }, { env: [b, a] })).toEqual([
      { path: 'env (order)', before: ['[name=A]', '[name=B]'], after: ['[name=B]', '[name=A]'] },
    ]);
  });

  test('anything equals itself, and differs the same way back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fieldChanges(value, structuredClone(value))).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const there = fieldChanges({ a }, { a: b });
        const back = fieldChanges({ a: b }, { a });
        expect(back.length).toBe(there.length);
        expect(there.length === 0).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
    );
  });
});

/** Objects with their keys in order; 0 and -0 are told apart by JSON too late, so both count as 0. */
function sorted(value: unknown): unknown {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

describe('two environments', () => {
  test('one equals itself', () => {
    const found = diffEnvironments(tree, environment('uat'), environment('uat'));
    expect(found).toMatchObject({ added: [], removed: [], changed: [] });
    expect(found.same).toBeGreaterThan(100);
  });

  test('uat has a cache that dev lacks, and production more replicas', () => {
    expect(diffEnvironments(tree, environment('dev'), environment('uat')).added).toContain(
      'StatefulSet/redis',
    );
    const { changed, removed } = diffEnvironments(tree, environment('uat'), environment('production'));
    expect(removed).toEqual([]);
    const write = changed.find(({ object }) => object === 'Rollout/fineract-write');
    expect(write?.fields).toContainEqual({ path: 'spec.replicas', before: 1, after: 2 });
  });

  test('namespaces of other names are no difference', () => {
    const { changed } = diffEnvironments(tree, environment('dev'), environment('uat'));
    const paths = changed.flatMap(({ fields }) => fields.map(({ path }) => path));
    expect(paths).not.toContain('metadata.namespace');
  });
});

describe('a plan', () => {
  const changed = createModel({
    components: model.components.filter(({ name }) => name !== 'pg-backup'),
    environments: model.environments.map((each) =>
      each.name === 'production' ? { ...each, quota: { ...each.quota, cpuMillis: 26_000 } } : each,
    ),
    connections: model.connections.filter(({ from }) => from !== 'pg-backup'),
  });
  const wanted = renderTree(changed, inputs);

  test('names what is created, pruned and changed, and nothing else', () => {
    const plan = planEnvironment(tree, wanted, environment('production'));
    expect(plan.added).toEqual([]);
    expect(plan.removed).toContain('CronJob/pg-backup');
    const quota = plan.changed.find(({ object }) => object === 'ResourceQuota/bank');
    expect(quota?.fields.map(({ before, after }) => [before, after])).toEqual([['24000m', '26000m']]);
    expect(
      planEnvironment(tree, wanted, environment('dev')).changed.map(({ object }) => object),
    ).not.toContain('ResourceQuota/bank');
  });

  test('the baseline may be a revision of Git, and the checkout is left alone', () => {
    const git = (...words: string[]): string =>
      execFileSync(
        'git',
        ['-C', scratch, '-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words],
        {
          encoding: 'utf8',
        },
      );
    git('init', '--quiet', '--initial-branch=main');
    writeToDisk(join(scratch, 'deploy'), textsOf(tree));
    git('add', '.');
    git('commit', '--quiet', '--message=baseline');
    writeToDisk(join(scratch, 'deploy'), textsOf(wanted));
    const before = git('status', '--porcelain');
    const baseline = readTreeAt(scratch, 'main');
    expect(git('status', '--porcelain')).toBe(before);
    const byHand = compareObjects(sideOf(tree, environment('uat')), sideOf(baseline, environment('uat')));
    expect(byHand).toMatchObject({ added: [], removed: [], changed: [] });
    expect(
      planEnvironment(baseline, readTree(join(scratch, 'deploy')), environment('production')).removed,
    ).toContain('CronJob/pg-backup');
    expect(() => readTreeAt(scratch, 'develop')).toThrow('Git knows no revision "develop"');
    expect(() => readTreeAt(scratch, 'main', 'nowhere')).toThrow('has no folder nowhere');
  }, 60_000);

  test('a tree that is not there is one sentence', () => {
    expect(() => readTree(join(scratch, 'nowhere'))).toThrow('is not there; render it first.');
  });
});

describe('the live cluster', () => {
  /** A program in kubectl's place, so that its three answers can be had without a cluster. */
  const answering = (code: number, out: string, error: string): string => {
    const program = join(scratch, `kubectl-${code}`);
    writeFileSync(
      program,
      `#!/bin/sh\ncat > /dev/null\nprintf '%s' '${out}'\nprintf '%s' '${error}' >&2\nexit ${code}\n`,
    );
    chmodSync(program, 0o755);
    return program;
  };
  const { objects } = sideOf(tree, environment('dev'));

  test('what kubectl finds is passed on', async () => {
    expect(await diffLive(objects, { kubectl: answering(0, '', '') })).toEqual({ differs: false, text: '' });
    expect(await diffLive(objects, { kubectl: answering(1, '+ a line', '') })).toEqual({
      differs: true,
      text: '+ a line',
    });
  });

  test('no kubectl and no cluster are one sentence each', async () => {
    await expect(diffLive(objects, { kubectl: join(scratch, 'none') })).rejects.toThrow(
      'is not there; install kubectl',
    );
    const refused = answering(2, '', 'The connection to the server was refused.');
    await expect(diffLive(objects, { kubectl: refused, context: 'bank' })).rejects.toThrow(
      'kubectl could not compare with the cluster of context "bank": The connection to the server was refused.',
    );
  });
});
