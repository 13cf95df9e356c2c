/**
 * Promotion on Git alone, as the environments follow it: development follows `develop`, acceptance `main`, production
 * a tag on `main`. A change only ever moves forward, and only when the tree that goes with it is fresh and in order.
 */

import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { commitOf, commitsBetween, type Git, isAncestor } from './git.ts';

/** Something that must hold of the tree; answers with the reason when it does not. */
export interface TreeCheck {
  readonly name: string;
  readonly problem: () => Promise<string | undefined>;
}

export interface Promotion {
  /** `main`, or a tag such as `v1.2.3`. */
  readonly target: string;
  /** The tag that the model's production environments follow. */
  readonly productionTag: string;
  readonly checks: readonly TreeCheck[];
  readonly dryRun: boolean;
  /** Of the tag. */
  readonly message?: string;
}

export interface Promoted {
  readonly target: string;
  readonly commit: string;
  /** How many commits move. */
  readonly commits: number;
  readonly dryRun: boolean;
  readonly checked: readonly string[];
  /** What is left to do by hand. */
  readonly next: string;
}

const refuse = (sentence: string): never => {
  throw new CliError(sentence, ExitCode.refused);
};

const tagPattern = /^v(\d+)\.(\d+)\.(\d+)$/;

/**
 * Promotes `develop` to `main`, or `main` to a release tag.
 * @throws CliError with one sentence when something does not hold; Git is then as it was
 */
export function promote(git: Git, promotion: Promotion): Promise<Promoted> {
  if (promotion.target === 'main') return promoteToMain(git, promotion);
  if (tagPattern.test(promotion.target)) return promoteToTag(git, promotion);
  throw new CliError(
    `"${promotion.target}" is no step of a promotion; use main, or a tag such as v1.2.3.`,
    ExitCode.usage,
  );
}

async function promoteToMain(git: Git, { checks, dryRun }: Promotion): Promise<Promoted> {
  const [develop, main] = [await branch(git, 'develop'), await branch(git, 'main')];
  await assertCleanAt(git, 'develop', develop);
  if (develop === main) refuse('main is where develop is; there is nothing to promote.');
  if (!(await isAncestor(git, main, develop))) {
    const ahead = await commitsBetween(git, develop, main);
    refuse(`main has ${ahead} commits that develop lacks; merge main into develop first.`);
  }
  const checked = await assertTree(checks);
  const commits = await commitsBetween(git, main, develop);
  // Git itself refuses here whatever is not a fast-forward.
  if (!dryRun) await git('fetch', '--quiet', '.', 'develop:main');
  return { target: 'main', commit: develop, commits, dryRun, checked, next: 'git push origin main' };
}

async function promoteToTag(git: Git, promotion: Promotion): Promise<Promoted> {
  const { target, productionTag, checks, dryRun, message = `Release ${target}` } = promotion;
  const main = await branch(git, 'main');
  await assertCleanAt(git, 'main', main);
  if (await commitOf(git, `refs/tags/${target}`))
    refuse(`The tag ${target} is there already; tags do not move.`);
  const last = await lastRelease(git);
  if (last && compareReleases(target, last) <= 0) refuse(`${target} is not after the last release ${last}.`);
  if (productionTag !== target) {
    refuse(
      `Production follows ${productionTag}; set productionTag in platform/model/settings.ts to ${target}, render, ` +
        'commit on develop and promote that to main first.',
    );
  }
  const checked = await assertTree(checks);
  const commits = last
    ? await commitsBetween(git, last, main)
    : Number(await git('rev-list', '--count', main));
  if (!dryRun) await git('tag', '--annotate', target, main, '--message', message);
  return { target, commit: main, commits, dryRun, checked, next: `git push origin ${target}` };
}

async function branch(git: Git, name: string): Promise<string> {
  const commit = await commitOf(git, `refs/heads/${name}`);
  return commit ?? refuse(`There is no branch ${name}; environments follow develop and main.`);
}

/** The tree that is checked must be the one that is promoted. */
async function assertCleanAt(git: Git, name: string, commit: string): Promise<void> {
  const changes = await git('status', '--porcelain');
  if (changes !== '') {
    const count = changes.split('\n').length;
    refuse(`Not everything is committed (files: ${count}); commit or put it away before you promote.`);
  }
  if ((await commitOf(git, 'HEAD')) !== commit)
    refuse(`${name} is not checked out; run \`git switch ${name}\`.`);
}

async function assertTree(checks: readonly TreeCheck[]): Promise<readonly string[]> {
  for (const { problem } of checks) {
    const found = await problem();
    if (found !== undefined) refuse(found);
  }
  return checks.map(({ name }) => name);
}

/** The newest release tag, by its numbers. */
async function lastRelease(git: Git): Promise<string | undefined> {
  const tags = (await git('tag', '--list', 'v*')).split('\n').filter((tag) => tagPattern.test(tag));
  return tags.sort(compareReleases).at(-1);
}

function compareReleases(a: string, b: string): number {
  const numbers = (tag: string): readonly number[] => (tagPattern.exec(tag) ?? []).slice(1).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}
