import { createModel, environmentOf, readInputs, renderTree } from '@fineract-gitops/platform';
import { diffEnvironments } from '@fineract-gitops/platform/compare';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { deployFolder, orRefuse } from '../platform/refusals.ts';
import { differs, showComparison } from '../platform/show-comparison.ts';

export const command: CommandModule = {
  description:
    'Compares two environments object by object and field by field, as Kustomize builds them. The name of the ' +
    `environment's own namespace is no difference. Exit code ${ExitCode.differences} when they differ.`,
  arguments: [
    ['<a>', 'one environment'],
    ['<b>', 'the other'],
  ],
  async run({ args: [a = '', b = ''] }) {
    const found = await orRefuse(() => {
      const model = createModel();
      const [left, right] = [environmentOf(model, a), environmentOf(model, b)];
      return diffEnvironments(renderTree(model, readInputs(deployFolder)), left, right);
    });
    return {
      data: found,
      text: showComparison(found),
      exitCode: differs(found) ? ExitCode.differences : ExitCode.ok,
    };
  },
};
