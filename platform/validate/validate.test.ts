import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readInputs } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import { createModel, environmentOf } from '../model/model.ts';
import { renderTree } from '../render/index.ts';
import type { KubeObject, Tree } from '../render/tree.ts';
import { hasSchemaFolder, schemaFolder } from '../testing/schemas.ts';
import { argocdProblems } from './argocd.ts';
import { differences, rootFolders } from './builds.ts';
import { danglingReferences, waveInversions } from './cross-references.ts';
import { readExceptions, withoutExceptions } from './exceptions.ts';
import { validateTree } from './index.ts';
import { nameOf } from './objects.ts';

const inputs = readInputs(join(import.meta.dirname, '../../deploy'));
const model = createModel();
const tree = renderTree(model, inputs);
const dev = environmentOf(model, 'dev');
const objects = (): KubeObject[] => structuredClone([...buildFolder(tree, 'environments/dev')]);
const find = (list: readonly KubeObject[], kind: string, name: string): Record<string, never> =>
  list.find((object) => object.kind === kind && nameOf(object) === name) as unknown as Record<string, never>;

/** The tree with one file's object changed. */
function changed(path: string, change: (object: never) => void): Tree {
  const file = tree.get(path);
  if (!file) throw new Error(`${path} is not in the tree.`);
  const value = structuredClone(file.value);
  change(value as never);
  return new Map([...tree, [path, { ...file, value }]]);
}

describe('the tree that this repository deploys', () => {
  beforeAll(() => {
    if (!hasSchemaFolder)
      throw new Error(`This test needs the schemas of custom resources at ${schemaFolder}; set SCHEMAS_DIR.`);
  });

  test.each(['fineract-ts', 'apache-fineract'] as const)('is in order with %s', async (engine) => {
    const other = createModel({ engine });
    const report = await validateTree(other, renderTree(other, inputs), { schemas: schemaFolder });
    expect(report.findings).toEqual([]);
    expect(report.withoutSchema).toEqual([]);
  });

  test('without the folder of schemas, what npm has no model of is named', async () => {
    const { findings, withoutSchema } = await validateTree(model, tree);
    expect(findings).toEqual([]);
    expect(withoutSchema).toContain('postgresql.cnpg.io/v1 Cluster');
    expect(withoutSchema).not.toContain('apps/v1 Deployment');
  });
});

describe('references', () => {
  test.each([
    ['ConfigMap', 'fineract-config', 'names the ConfigMap "fineract-config", which nothing defines'],
    ['ServiceAccount', 'gateway', 'names the ServiceAccount "gateway", which nothing defines'],
    ['Service', 'oauth2-proxy-service', 'names the Service "oauth2-proxy-service", which nothing defines'],
    ['PriorityClass', 'bank-critical', 'names the PriorityClass "bank-critical", which nothing defines'],
    ['Certificate', 'gateway-tls', 'names the Secret "gateway-tls", which nothing defines'],
    ['Cluster', 'postgresql', 'names the Secret "postgresql-ca", which nothing defines'],
  ])('without the %s %s, whoever names it is refused', (kind, name, sentence) => {
    const left = objects().filter((object) => object.kind !== kind || nameOf(object) !== name);
    expect(danglingReferences(model, dev, left).join('\n')).toContain(sentence);
  });

  test('a key that the ConfigMap lacks is named', () => {
    const list = objects();
    delete find(list, 'ConfigMap', 'fineract-config')['data']!['oidc-issuer'];
    expect(danglingReferences(model, dev, list)[0]).toMatch(
      /reads "oidc-issuer" of the ConfigMap "fineract-config"/,
    );
  });

  test('a secret and a storage class that nobody declares are named', () => {
    const secrets = { ...model.secrets };
    delete secrets['gateway-session'];
    const list = JSON.parse(JSON.stringify(objects()).replaceAll('local-path', 'fast')) as KubeObject[];
    const found = danglingReferences({ ...model, secrets }, dev, list).join('\n');
    expect(found).toContain('names the Secret "gateway-session"');
    expect(found).toContain('names the StorageClass "fast"');
  });

  test('what is needed later than it comes is refused', () => {
    const list = objects();
    find(list, 'ConfigMap', 'fineract-config')['metadata']!['annotations'] = {
      'argocd.argoproj.io/sync-wave': '9',
    } as never;
    expect(waveInversions(list)[0]).toMatch(
      /is applied in wave \d but needs the ConfigMap "fineract-config" of wave 9/,
    );
  });
});

describe('Argo CD', () => {
  const path = 'argocd/applications/dev/application-bank-dev.yaml';
  test.each<[string, (application: Record<string, never>) => void, RegExp]>([
    [
      'a folder that is not there',
      ({ spec }) => Object.assign(spec!['source']!, { path: 'deploy/gone' }),
      /deploy\/gone, which is not in the tree/,
    ],
    [
      'a project that is not there',
      ({ spec }) => Object.assign(spec!, { project: 'gone' }),
      /project "gone", which is not there/,
    ],
    [
      'another repository',
      ({ spec }) => Object.assign(spec!['source']!, { repoURL: 'https://x' }),
      /https:\/\/x, which its project does not allow/,
    ],
    [
      'another namespace',
      ({ spec }) => Object.assign(spec!['destination']!, { namespace: 'kube-system' }),
      /"kube-system", which its project/,
    ],
    [
      'kinds of another project',
      ({ spec }) => Object.assign(spec!, { project: 'secrets' }),
      /a kind that its project does not allow/,
    ],
  ])('an application with %s is refused', (_what, change, sentence) =>
    expect(argocdProblems(changed(path, change as (object: never) => void), 'dev').join('\n')).toMatch(
      sentence,
    ),
  );
});

describe('builds', () => {
  test('three folders of every environment include everything else', () => {
    const roots = rootFolders(tree);
    expect(roots).toHaveLength(model.environments.length * 3);
    expect(roots).toContain('environments/production-gcp');
  });

  test('what Kustomize builds otherwise is named', () => {
    const [first, second, ...rest] = objects();
    const other = { ...first, metadata: { ...first!.metadata, labels: { changed: 'yes' } } } as KubeObject;
    const extra = { ...second, metadata: { ...second!.metadata, name: 'extra' } } as KubeObject;
    expect(differences('here', [first!, second!, ...rest], [other, extra, ...rest])).toEqual([
      expect.stringMatching(/^here: Kustomize builds another /),
      expect.stringMatching(/^here: Kustomize does not build /),
      expect.stringMatching(/^here: only Kustomize builds \S+ extra|^here: only Kustomize builds .*\/extra/),
    ]);
  });
});

describe('exceptions', () => {
  test('each says what, where and why', () => expect(readExceptions().length).toBeGreaterThan(0));

  test('one that is needed no more is a finding', async () => {
    const report = await validateTree({ ...model, environments: [dev] }, tree);
    expect(report.findings.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining(
        'excuses StatefulSet .*/redis$ from container-memory-requests-equal-limits, but nothing needs it',
      ),
    ]);
  });

  test('they excuse the objects that they name and no other', () => {
    const findings = [
      { rule: 'a', object: 'Job bank/x' },
      { rule: 'a', object: 'Job bank/y' },
    ];
    const exception = { tool: 'policies', rule: 'a', objects: '/x$', reason: 'because' } as const;
    expect(withoutExceptions(findings, [exception]).standing).toEqual([findings[1]]);
  });
});
