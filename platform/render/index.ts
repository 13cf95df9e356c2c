/**
 * Model -> tree of files. Each room below is a pure function from the model to its files; a new room is a file and a
 * line in the list. Nothing here reads or writes a disk.
 */

import { checkModel, type Problem } from '../model/check.ts';
import { type Model, ModelError } from '../model/model.ts';
import { checkQueries } from '../monitoring/index.ts';
import { renderArgoCd } from './argocd/index.ts';
import { renderBases } from './base.ts';
import { renderEnvironments } from './environments.ts';
import type { Inputs } from './inputs.ts';
import { renderOverlays } from './overlays.ts';
import { renderProfiles } from './profiles.ts';
import { renderProviders } from './providers.ts';
import { renderShared } from './shared.ts';
import { type RenderedFile, type Tree, treeOf } from './tree.ts';

export interface Room {
  readonly name: string;
  readonly render: (model: Model, inputs: Inputs) => readonly RenderedFile[];
}

export const rooms: readonly Room[] = [
  { name: 'apps/*/base', render: renderBases },
  { name: 'apps/*/overlays', render: renderOverlays },
  { name: 'apps/fineract', render: renderShared },
  { name: 'components/profiles', render: renderProfiles },
  { name: 'components/providers', render: renderProviders },
  { name: 'environments', render: renderEnvironments },
  { name: 'argocd', render: renderArgoCd },
];

/** The model has mistakes; `problems` holds all of them and nothing was rendered. */
export class InvalidModel extends ModelError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, sentence }) => `${path}: ${sentence}`).join('\n'));
    this.problems = problems;
  }
}

/**
 * Renders the whole tree.
 * @throws InvalidModel with every problem, before anything is rendered.
 */
export function renderTree(model: Model, inputs: Inputs): Tree {
  const problems = [...checkModel(model), ...checkQueries(model)];
  if (problems.length > 0) throw new InvalidModel(problems);
  return treeOf(rooms.flatMap((room) => room.render(model, inputs)));
}
