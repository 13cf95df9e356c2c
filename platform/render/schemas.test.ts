import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readInputs } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import { createModel, type Model } from '../model/model.ts';
import { hasSchemaFolder, schemaErrors, schemaFolder } from '../testing/schemas.ts';
import { renderTree } from './index.ts';

const inputs = readInputs(join(import.meta.dirname, '../../deploy'));
const isCustom = (errors: readonly string[] | undefined): errors is undefined => errors === undefined;

beforeAll(() => {
  if (!hasSchemaFolder) {
    throw new Error(
      `This test needs the schemas of custom resources: there are none at ${schemaFolder}; set SCHEMAS_DIR.`,
    );
  }
});

describe.each<[name: string, changes: Partial<Model>]>([
  ['our engine', {}],
  ['the Apache engine', { engine: 'apache-fineract' }],
  [
    'the Gateway API',
    { environments: createModel().environments.map((e) => ({ ...e, edge: 'gateway-api' })) },
  ],
])('with %s', (_name, changes) => {
  const model = createModel(changes);
  const tree = renderTree(model, inputs);
  const folders = model.environments.flatMap(({ name }) => [
    `environments/${name}`,
    `argocd/bootstrap/${name}`,
    `argocd/applications/${name}`,
  ]);

  test.each(folders)('every object of %s fits its schema', async (folder) => {
    const findings: string[] = [];
    for (const object of buildFolder(tree, folder)) {
      const errors = await schemaErrors(object);
      const name = `${object.apiVersion} ${object.kind} ${object.metadata?.name}`;
      if (isCustom(errors)) findings.push(`${name}: no schema`);
      else findings.push(...errors.map((error) => `${name}: ${error}`));
    }
    expect(findings).toEqual([]);
  });
});

test('a field that the schema does not know is found', async () => {
  const broken = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: 'a' },
    spec: { instances: 1, storage: { size: '1Gi' }, replicas: 3 },
  };
  expect(await schemaErrors(broken)).toEqual([expect.stringContaining('replicas')]);
});
