import { join, resolve } from 'node:path';
import {
  type Changes,
  checkDocs,
  checkTree,
  createModel,
  type Engine,
  readInputs,
  settings,
  writeDocs,
  writeTree,
} from '@fineract-gitops/platform';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { projectRoot } from '../local/layout.ts';
import { deployFolder, orRefuse } from '../platform/refusals.ts';

interface RenderOptions {
  readonly check: boolean;
  readonly engine: Engine;
  readonly output: string;
}

export const command: CommandModule<RenderOptions> = {
  description: [
    'Writes the files that changed and removes generated ones that the model no longer has; your own files are left alone.',
    `With --check nothing is written, and the exit code is ${ExitCode.differences} when the folder is stale.`,
  ].join(' '),
  options: [
    { flags: '--check', text: 'only say what would change', value: false },
    {
      flags: '--engine <name>',
      text: "who answers Fineract's API",
      value: settings.engine,
      choices: ['fineract-ts', 'apache-fineract'],
    },
    { flags: '--output <folder>', text: 'where the tree lies', value: deployFolder },
  ],
  async run({ options }) {
    const folder = resolve(options.output);
    const changes = await orRefuse(() => renderAll(folder, options));
    refuseBlocked(changes);
    const stale = count(changes) > 0;
    return {
      data: { folder, ...changes },
      text: options.check ? checked(changes) : written(changes),
      exitCode: options.check && stale ? ExitCode.differences : ExitCode.ok,
    };
  },
};

/** The tree, and with it the pages that describe it; the pages only beside the tree of this checkout. */
function renderAll(folder: string, { check, engine }: RenderOptions): Changes {
  const model = createModel({ engine });
  const inputs = readInputs(deployFolder);
  const tree = check ? checkTree(folder, model, inputs) : writeTree(folder, model, inputs);
  if (folder !== deployFolder) return tree;
  const pages = check ? checkDocs(docsFolder, model) : writeDocs(docsFolder, model);
  const named = (paths: readonly string[]) => paths.map((path) => `docs/platform/${path}`);
  return {
    added: [...tree.added, ...named(pages.added)],
    changed: [...tree.changed, ...named(pages.changed)],
    removed: [...tree.removed, ...named(pages.removed)],
    blocked: [...tree.blocked, ...named(pages.blocked)],
  };
}

const docsFolder = join(projectRoot, 'docs', 'platform');
const count = ({ added, changed, removed }: Changes): number =>
  added.length + changed.length + removed.length;

function refuseBlocked({ blocked }: Changes): void {
  const [first] = blocked;
  if (first === undefined) return;
  throw new CliError(
    `${first} stands where a generated file belongs but is not generated; move it away and render again. Nothing was written.`,
    ExitCode.refused,
  );
}

function written(changes: Changes): string {
  if (count(changes) === 0) return 'The tree was fresh; nothing was written.';
  const { added, changed, removed } = changes;
  return `Wrote ${added.length} new and ${changed.length} changed files, removed ${removed.length}.`;
}

const linesMax = 20;

function checked(changes: Changes): string {
  if (count(changes) === 0) return 'The tree is fresh.';
  const lines = [
    ...changes.added.map((path) => `missing   ${path}`),
    ...changes.changed.map((path) => `stale     ${path}`),
    ...changes.removed.map((path) => `left over ${path}`),
  ];
  const rest = lines.length > linesMax ? [`… and ${lines.length - linesMax} more`] : [];
  return [...lines.slice(0, linesMax), ...rest, 'Run `fineract-gitops render`.'].join('\n');
}
