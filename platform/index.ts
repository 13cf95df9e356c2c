/** The door of the platform: the model, the renderer, and the tree on disk. See docs/platform/README.md. */

import { type Changes, compareWithDisk, readInputs, textsOf, writeToDisk } from './disk.ts';
import { createModel, type Model } from './model/model.ts';
import { renderDocs } from './render/docs.ts';
import { renderTree } from './render/index.ts';
import type { Inputs } from './render/inputs.ts';
import { pageText } from './text.ts';

export { type Changes, compareWithDisk, readInputs, textsOf } from './disk.ts';
export { buildFolder } from './kustomize/build.ts';
export { checkModel, type Problem } from './model/check.ts';
export { configValues } from './model/config-values.ts';
export type { Environment } from './model/environments.ts';
export {
  componentOf,
  componentsIn,
  connectionsIn,
  createModel,
  environmentOf,
  hostOf,
  imageReference,
  type Model,
  ModelError,
  peakTotals,
  profileOf,
  providerOf,
  replicasIn,
  revisionOf,
  steadyTotals,
  type Totals,
} from './model/model.ts';
export { type NeededSecret, secretsIn } from './model/secrets-in.ts';
export { type Settings, settings } from './model/settings.ts';
export type { Component, Connection, Engine } from './model/types.ts';
export { InvalidModel, renderTree } from './render/index.ts';
export type { Inputs } from './render/inputs.ts';
export type { RenderedFile, Tree } from './render/tree.ts';
export { generatedMark, textOf } from './text.ts';

/**
 * Renders the model into the deploy folder.
 * @throws InvalidModel before anything is written.
 */
export function writeTree(
  deployFolder: string,
  model: Model = createModel(),
  inputs: Inputs = readInputs(deployFolder),
): Changes {
  return writeToDisk(deployFolder, textsOf(renderTree(model, inputs)));
}

/** What `writeTree` would change; nothing when the folder is fresh. */
export function checkTree(
  deployFolder: string,
  model: Model = createModel(),
  inputs: Inputs = readInputs(deployFolder),
): Changes {
  return compareWithDisk(deployFolder, textsOf(renderTree(model, inputs)));
}

const pagesOf = (model: Model): ReadonlyMap<string, string> =>
  new Map([...renderDocs(model)].map(([name, body]) => [name, pageText(body)]));

/** Writes the generated pages of `docs/platform`; pages that people wrote are left alone. */
export const writeDocs = (docsFolder: string, model: Model = createModel()): Changes =>
  writeToDisk(docsFolder, pagesOf(model));

/** What `writeDocs` would change. */
export const checkDocs = (docsFolder: string, model: Model = createModel()): Changes =>
  compareWithDisk(docsFolder, pagesOf(model));
