import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** Runs git in one repository and gives what it printed. */
export type Git = (...words: string[]) => Promise<string>;

/**
 * Opens the repository that a folder belongs to.
 * @throws CliError when there is no git, or the folder is in no repository
 */
export async function openRepository(folder: string): Promise<Git> {
  const run = promisify(execFile);
  const git: Git = async (...words) => {
    const { stdout } = await run('git', ['-C', folder, ...words], { maxBuffer: 16 * 1024 ** 2 });
    return stdout.trimEnd();
  };
  try {
    await git('rev-parse', '--git-dir');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CliError(
      missing ? 'git is not there; install it.' : `${folder} is in no Git repository.`,
      ExitCode.missing,
      { cause },
    );
  }
  return git;
}

/** The commit that a name stands for, or nothing. */
export const commitOf = (git: Git, name: string): Promise<string | undefined> =>
  git('rev-parse', '--verify', '--quiet', `${name}^{commit}`).catch(() => undefined);

export const isAncestor = (git: Git, older: string, newer: string): Promise<boolean> =>
  git('merge-base', '--is-ancestor', older, newer).then(
    () => true,
    () => false,
  );

/** How many commits `newer` has that `older` lacks. */
export async function commitsBetween(git: Git, older: string, newer: string): Promise<number> {
  return Number(await git('rev-list', '--count', `${older}..${newer}`));
}
