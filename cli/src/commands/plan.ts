import { existsSync } from 'node:fs';
import {
  createModel,
  type Environment,
  environmentOf,
  type Model,
  readInputs,
  renderTree,
  revisionOf,
  type Tree,
} from '@fineract-gitops/platform';
import { diffLive, planEnvironment, readTree, readTreeAt, sideOf } from '@fineract-gitops/platform/compare';
import { CliError } from '../cli-error.ts';
import type { CommandModule, CommandResult } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { projectRoot } from '../local/layout.ts';
import { deployFolder, orRefuse } from '../platform/refusals.ts';
import { differs, showComparison } from '../platform/show-comparison.ts';

interface PlanOptions {
  readonly baseline?: string;
  readonly live: boolean;
  readonly context?: string;
  readonly kubectl: string;
}

export const command: CommandModule<PlanOptions> = {
  description:
    'Shows what Argo CD would change in an environment if the model were rendered, committed and synced now: against ' +
    'the revision that the environment follows, another baseline, or the live cluster (kubectl diff). Nothing is ' +
    `changed. Exit code ${ExitCode.differences} when something would be.`,
  arguments: [['<environment>', 'which environment']],
  options: [
    { flags: '--baseline <where>', text: 'a branch, tag or commit of Git, or a rendered folder' },
    { flags: '--live', text: 'compare with the live cluster', value: false },
    { flags: '--context <name>', text: 'with --live: which cluster of the kubeconfig' },
    { flags: '--kubectl <program>', text: 'with --live: the kubectl to run', value: 'kubectl' },
  ],
  run: ({ args: [name = ''], options }) => orRefuse(() => plan(name, options)),
};

async function plan(name: string, options: PlanOptions): Promise<CommandResult> {
  if (options.live && options.baseline !== undefined) {
    throw new CliError('Choose --live or --baseline.', ExitCode.usage);
  }
  const model = createModel();
  const environment = environmentOf(model, name);
  const wanted = renderTree(model, readInputs(deployFolder));
  if (options.live) return planLive(model, environment, wanted, options);
  const from = options.baseline ?? revisionOf(model, environment);
  const baseline = existsSync(from) ? readTree(from) : readTreeAt(projectRoot, from);
  const found = planEnvironment(baseline, wanted, environment);
  return {
    data: { environment: name, baseline: from, ...found },
    text: [showComparison(found), whenApplied(model, environment)].join('\n'),
    exitCode: differs(found) ? ExitCode.differences : ExitCode.ok,
  };
}

async function planLive(
  model: Model,
  environment: Environment,
  wanted: Tree,
  { context, kubectl }: PlanOptions,
): Promise<CommandResult> {
  const { differs: changes, text } = await diffLive(sideOf(wanted, environment).objects, {
    kubectl,
    ...(context ? { context } : {}),
  });
  const verdict = changes ? text.trimEnd() : 'The cluster is as the model says.';
  return {
    data: { environment: environment.name, live: true, differs: changes, diff: text },
    text: [verdict, whenApplied(model, environment)].join('\n'),
    exitCode: changes ? ExitCode.differences : ExitCode.ok,
  };
}

/** Who brings the change into the cluster, and when. */
function whenApplied(model: Model, environment: Environment): string {
  const { autoSync, syncWindow, name } = environment;
  const follows = `${name} follows ${revisionOf(model, environment)}`;
  if (autoSync) return `${follows} and syncs by itself.`;
  const window = syncWindow ? ` within ${syncWindow.label} ${model.settings.timeZone}` : '';
  return `${follows}; somebody syncs it${window}.`;
}
