import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInputs, settings, writeTree } from '@fineract-gitops/platform';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../local/layout.ts';
import { type Git, openRepository } from './git.ts';
import { type Promotion, promote, type TreeCheck } from './promote.ts';
import { treeChecks } from './tree-checks.ts';

let folder: string;
let git: Git;

/** Git as the person at the keyboard uses it. */
const typed = (...words: string[]): string =>
  execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
const commit = (name: string): void => {
  writeFileSync(join(folder, name), name);
  typed('add', name);
  typed('commit', '--quiet', '--message', name);
};
const head = (name: string): string => typed('rev-parse', `${name}^{commit}`);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fineract-promote-'));
  typed('init', '--quiet', '--initial-branch=main');
  typed('config', 'user.name', 'Tester');
  typed('config', 'user.email', 'tester@example.com');
  commit('first');
  typed('switch', '--quiet', '--create', 'develop');
  git = await openRepository(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const fine: TreeCheck = { name: 'tree', problem: async () => undefined };
const ask = (target: string, changes: Partial<Promotion> = {}) =>
  promote(git, { target, productionTag: 'v1.0.0', checks: [fine], dryRun: false, ...changes });

describe('develop to main', () => {
  test('main moves forward to develop', async () => {
    commit('second');
    commit('third');
    expect(await ask('main')).toMatchObject({ target: 'main', commits: 2, checked: ['tree'] });
    expect(head('main')).toBe(head('develop'));
    expect(typed('branch', '--show-current')).toBe('develop');
  });

  test('a dry run asks everything and changes nothing', async () => {
    commit('second');
    const before = head('main');
    expect(await ask('main', { dryRun: true })).toMatchObject({ commits: 1, dryRun: true });
    expect(head('main')).toBe(before);
  });

  test('is refused while something is not committed, changed or new', async () => {
    commit('second');
    writeFileSync(join(folder, 'second'), 'changed');
    await expect(ask('main')).rejects.toThrow('Not everything is committed (files: 1)');
    typed('checkout', '--quiet', 'second');
    writeFileSync(join(folder, 'new'), '');
    await expect(ask('main')).rejects.toThrow('Not everything is committed (files: 1)');
  });

  test('is refused when main has what develop lacks', async () => {
    commit('second');
    typed('switch', '--quiet', 'main');
    commit('hotfix');
    typed('switch', '--quiet', 'develop');
    const before = head('main');
    await expect(ask('main')).rejects.toThrow(
      'main has 1 commits that develop lacks; merge main into develop first.',
    );
    expect(head('main')).toBe(before);
  });

  test('is refused when there is nothing to promote, or another branch is checked out', async () => {
    await expect(ask('main')).rejects.toThrow('there is nothing to promote');
    commit('second');
    typed('switch', '--quiet', 'main');
    await expect(ask('main')).rejects.toThrow('develop is not checked out; run `git switch develop`.');
  });

  test('is refused when the tree is not in order, before anything moves', async () => {
    commit('second');
    const before = head('main');
    const checks: readonly TreeCheck[] = [
      fine,
      { name: 'render', problem: async () => 'deploy/x.yaml is stale.' },
    ];
    await expect(ask('main', { checks })).rejects.toThrow('deploy/x.yaml is stale.');
    expect(head('main')).toBe(before);
  });

  test('is refused without the branch', async () => {
    typed('branch', '--move', 'develop', 'feature');
    await expect(ask('main')).rejects.toThrow('There is no branch develop');
  });
});

describe('main to a tag', () => {
  beforeEach(() => typed('switch', '--quiet', 'main'));

  test('an annotated tag on main', async () => {
    expect(await ask('v1.0.0', { message: 'First release' })).toMatchObject({ target: 'v1.0.0', commits: 1 });
    expect(typed('cat-file', '-t', 'v1.0.0')).toBe('tag');
    expect(typed('tag', '--list', '--format=%(contents:subject)', 'v1.0.0')).toBe('First release');
    expect(head('v1.0.0')).toBe(head('main'));
  });

  test('tags do not move, and go forward only', async () => {
    await ask('v1.0.0');
    await expect(ask('v1.0.0')).rejects.toThrow('The tag v1.0.0 is there already');
    await expect(ask('v0.9.9', { productionTag: 'v0.9.9' })).rejects.toThrow(
      'not after the last release v1.0.0',
    );
    await ask('v1.10.0', { productionTag: 'v1.10.0' });
    await expect(ask('v1.9.0', { productionTag: 'v1.9.0' })).rejects.toThrow(
      'not after the last release v1.10.0',
    );
  });

  test('is refused while production would follow another tag', async () => {
    await expect(ask('v2.0.0')).rejects.toThrow('Production follows v1.0.0; set productionTag');
    expect(typed('tag', '--list')).toBe('');
  });

  test('is refused from another branch, and a dry run tags nothing', async () => {
    await ask('v1.0.0', { dryRun: true });
    expect(typed('tag', '--list')).toBe('');
    typed('switch', '--quiet', 'develop');
    commit('second');
    await expect(ask('v1.0.0')).rejects.toThrow('main is not checked out');
  });

  test.each(['1.0.0', 'v1', 'v1.0', 'v1.0.0-rc1', 'production'])('%s is no step', (target) => {
    expect(() => ask(target)).toThrow('is no step of a promotion');
  });
});

test('a folder without a repository is one sentence', async () => {
  const bare = mkdtempSync(join(tmpdir(), 'fineract-bare-'));
  await expect(openRepository(bare)).rejects.toThrow('is in no Git repository.');
  rmSync(bare, { recursive: true });
});

test('the real tree is promoted when it is fresh, and refused when a file of it was edited', async () => {
  const deploy = join(folder, 'deploy');
  const realm = 'apps/keycloak/realm';
  cpSync(join(projectRoot, 'deploy', realm), join(deploy, realm), { recursive: true });
  writeTree(deploy, undefined, readInputs(deploy));
  typed('add', '.');
  typed('commit', '--quiet', '--message', 'tree');
  const real = { checks: treeChecks(folder), productionTag: settings.productionTag };
  expect(await ask('main', real)).toMatchObject({ checked: ['render --check', 'validate'] });
  const edited = 'environments/dev/bank/resource-quota.yaml';
  writeFileSync(join(deploy, edited), '# Generated by fineract-gitops render\nkind: ResourceQuota\n');
  typed('commit', '--quiet', '--all', '--message', 'by hand');
  await expect(ask('main', real)).rejects.toThrow(
    `deploy/${edited} is stale; run \`fineract-gitops render\``,
  );
}, 60_000);
