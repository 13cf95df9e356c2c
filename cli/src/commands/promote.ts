import { settings } from '@fineract-gitops/platform';
import type { CommandModule } from '../command.ts';
import { projectRoot } from '../local/layout.ts';
import { orRefuse } from '../platform/refusals.ts';
import { openRepository } from '../promotion/git.ts';
import { type Promoted, promote } from '../promotion/promote.ts';
import { treeChecks } from '../promotion/tree-checks.ts';

interface PromoteOptions {
  readonly dryRun: boolean;
  readonly message?: string;
  readonly repository: string;
}

export const command: CommandModule<PromoteOptions> = {
  description:
    'Moves a change on: `promote main` brings main to develop (acceptance follows main), `promote v1.2.3` tags main ' +
    '(production follows the tag). Asks first that everything is committed, that nothing would be lost, that the ' +
    'rendered tree is fresh and that it validates. Nothing is pushed.',
  arguments: [['<target>', 'main, or the tag of a release']],
  options: [
    { flags: '--dry-run', text: 'ask everything, change nothing', value: false },
    { flags: '--message <text>', text: 'message of the tag' },
    { flags: '--repository <directory>', text: 'the Git repository', value: projectRoot },
  ],
  async run({ args: [target = ''], options: { dryRun, message, repository } }) {
    const git = await openRepository(repository);
    const promoted = await orRefuse(() =>
      promote(git, {
        target,
        productionTag: settings.productionTag,
        checks: treeChecks(repository),
        dryRun,
        ...(message ? { message } : {}),
      }),
    );
    return { data: promoted, text: told(promoted) };
  },
};

function told({ target, commit, commits, dryRun, checked, next }: Promoted): string {
  const what =
    target === 'main' ? `main to develop (${commits} commits)` : `${target} on main (${commits} commits)`;
  return [
    `Checked: ${['nothing uncommitted', 'nothing lost', ...checked].join(', ')}.`,
    dryRun ? `Would bring ${what}, ${commit.slice(0, 12)}.` : `Brought ${what}, ${commit.slice(0, 12)}.`,
    ...(dryRun ? [] : [`Now publish it: ${next}`]),
  ].join('\n');
}
