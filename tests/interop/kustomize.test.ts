/** Kustomize itself builds the whole tree without a warning, and our own build of it is the same, object by object. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildFolder,
  createModel,
  type Model,
  readInputs,
  renderTree,
  type Tree,
  writeTree,
} from '@fineract-gitops/platform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kustomize } from './setup/kubectl.ts';

interface Built {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const deploy = join(import.meta.dirname, '../../deploy');
const keyOf = ({ apiVersion, kind, metadata }: Built): string =>
  `${apiVersion}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
const byKey = (objects: readonly Built[]): Readonly<Record<string, Built>> =>
  Object.fromEntries(objects.map((object) => [keyOf(object), object]));

/** Folders that stand alone; a Component is built by the environments that include it. */
const standalone = (tree: Tree): readonly string[] =>
  [...tree]
    .filter(([path, file]) => path.endsWith('/kustomization.yaml') && !path.startsWith('components/') && file)
    .map(([path]) => path.slice(0, -'/kustomization.yaml'.length));

async function expectSame(folder: string, tree: Tree, path: string): Promise<void> {
  const { yaml, warnings } = await kustomize(join(folder, path));
  expect(warnings, `${path} builds without a warning`).toBe('');
  const theirs = parseAllDocuments(yaml).map((document) => document.toJS() as Built);
  expect(byKey(buildFolder(tree, path) as readonly Built[]), path).toEqual(byKey(theirs));
}

describe.each<[name: string, changes: Partial<Model>]>([
  ['our engine', {}],
  ['the Apache engine', { engine: 'apache-fineract' }],
  [
    'the Gateway API',
    { environments: createModel().environments.map((e) => ({ ...e, edge: 'gateway-api' })) },
  ],
])('the tree with %s', (_name, changes) => {
  const model = createModel(changes);
  const tree = renderTree(model, readInputs(deploy));
  const folder = mkdtempSync(join(tmpdir(), 'fineract-deploy-'));

  beforeAll(() => {
    writeTree(folder, model, readInputs(deploy));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const environments = standalone(tree).filter((path) => /^environments\/[^/]+$/.test(path));
  test.each(environments)('%s is what kubectl kustomize makes of it', (path) =>
    expectSame(folder, tree, path),
  );
});

describe('every other folder', () => {
  const tree = renderTree(createModel(), readInputs(deploy));
  const folder = mkdtempSync(join(tmpdir(), 'fineract-deploy-'));

  beforeAll(() => {
    writeTree(folder, createModel(), readInputs(deploy));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const folders = standalone(tree).filter((path) => !/^environments\/[^/]+$/.test(path));
  test.each(folders)('%s is what kubectl kustomize makes of it', (path) => expectSame(folder, tree, path));
});
