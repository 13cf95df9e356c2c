import { join } from 'node:path';
import { type Changes, checkTree, createModel, readInputs, renderTree } from '@fineract-gitops/platform';
import { validateTree } from '@fineract-gitops/platform/validate';
import type { TreeCheck } from './promote.ts';

const stale = ({ added, changed, removed, blocked }: Changes): readonly string[] => [
  ...added,
  ...changed,
  ...removed,
  ...blocked,
];

/** What must hold of a repository's tree before it moves on: rendered, and in order. */
export function treeChecks(repository: string): readonly TreeCheck[] {
  const deploy = join(repository, 'deploy');
  return [
    {
      name: 'render --check',
      problem: async () => {
        const [first, ...others] = stale(checkTree(deploy));
        if (first === undefined) return undefined;
        const more = others.length > 0 ? ` and ${others.length} more files are` : ' is';
        return `deploy/${first}${more} stale; run \`fineract-gitops render\` and commit.`;
      },
    },
    {
      name: 'validate',
      problem: async () => {
        const model = createModel();
        const { findings } = await validateTree(model, renderTree(model, readInputs(deploy)));
        const [first] = findings;
        return (
          first && `${first.sentence} \`fineract-gitops validate\` lists all ${findings.length} findings.`
        );
      },
    },
  ];
}
