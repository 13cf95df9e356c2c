/** What users of such repositories are hurt by, ruled out one by one. `docs/platform/pains.md` lists the names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import { createModel } from '../model/model.ts';
import { renderTree } from './index.ts';
import type { KubeObject } from './tree.ts';

interface Loose extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}
interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

const root = join(import.meta.dirname, '../..');
const inputs = readInputs(join(root, 'deploy'));
const model = createModel();
const tree = renderTree(model, inputs);
const built = new Map(
  model.environments.map(({ name }) => [name, buildFolder(tree, `environments/${name}`) as readonly Loose[]]),
);
const everywhere = [...built.values()].flat();
const allText = JSON.stringify([...tree.values()].map(({ value }) => value));

/** Every environment variable of every container of an object. */
const envOf = (object: unknown): readonly EnvVar[] => {
  if (typeof object !== 'object' || object === null) return [];
  const own = Array.isArray((object as { env?: unknown }).env) ? (object as { env: EnvVar[] }).env : [];
  return [...own, ...Object.values(object).flatMap(envOf)];
};
const variable = (objects: readonly Loose[], workload: string, name: string): EnvVar | undefined =>
  objects
    .filter(({ metadata, kind }) => metadata?.name === workload && kind !== 'NetworkPolicy')
    .flatMap(envOf)
    .find((env) => env.name === name);

/** Test name -> what it shows. The page below is checked against these names. */
const pains = {
  'no host name of a load balancer stands in the tree': () => {
    expect(allText).not.toMatch(/elb\.amazonaws|cloudapp\.azure|PENDING_|CHANGEME/);
    for (const { kind, spec } of everywhere.filter((object) => object.kind === 'Ingress')) {
      expect(JSON.stringify(spec), kind).toContain(model.settings.domain);
    }
  },
  'every consumer of the issuer reads the same string': () => {
    for (const [name, objects] of built) {
      const values = objects.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === 'fineract-config',
      )?.data;
      expect(values?.['oidc-issuer'], name).toBe(`${values?.['identity-url']}/realms/fineract`);
      const literal = objects
        .flatMap(envOf)
        .filter((env) => env.name === 'OIDC_ISSUER' && env.value !== undefined);
      expect(literal, name).toEqual([]);
    }
  },
  'the sealing keys are backed up outside the cluster': () => {
    for (const [name, objects] of built) {
      const schedule = objects.find(
        ({ kind, metadata }) => kind === 'Schedule' && metadata?.name === 'sealing-keys',
      );
      expect(JSON.stringify(schedule?.spec), name).toContain('"includedNamespaces":["sealed-secrets"]');
    }
  },
  'a client secret is read from one key by the gateway and by the realm': () => {
    for (const [name, objects] of built) {
      const gateway = variable(objects, 'gateway', 'OIDC_CLIENT_SECRET')?.valueFrom?.secretKeyRef;
      const realm = variable(objects, 'keycloak-realm', 'GATEWAY_CLIENT_SECRET')?.valueFrom?.secretKeyRef;
      expect(gateway, name).toEqual({ name: 'oidc-clients', key: 'gateway' });
      expect(realm, name).toEqual(gateway);
    }
  },
  'no snippet routes or authenticates': () => {
    expect(allText).not.toMatch(/-snippets?"|allow-snippet/);
    expect(allText).toContain('"enableSnippets":false');
  },
  'every image has an exact tag that somebody saw': () => {
    for (const { tag, seen } of Object.values(model.images)) {
      expect(tag).toMatch(/^v?\d+\.\d+/);
      expect(seen).not.toBe('');
    }
    const images = [...allText.matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image);
    expect(images.filter((image) => !/:v?\d/.test(image ?? ''))).toEqual([]);
  },
  'no environment lacks a configuration that another has': () => {
    const names = (objects: readonly Loose[]): string[] =>
      objects.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata?.name ?? '');
    for (const [name, objects] of built) {
      const read = [...JSON.stringify(objects).matchAll(/"configMap(?:KeyRef)?":\{"name":"([^"]+)"/g)].map(
        ([, n]) => n,
      );
      expect(
        read.filter((wanted) => !names(objects).includes(wanted ?? '')),
        name,
      ).toEqual([]);
    }
    const keys = [...built.values()].map((objects) =>
      Object.keys(
        objects.find(({ metadata, kind }) => kind === 'ConfigMap' && metadata?.name === 'fineract-config')
          ?.data ?? {},
      ).sort(),
    );
    for (const list of keys) expect(list).toEqual(keys[0]);
  },
  'the schema is migrated by one Job before any instance starts': () => {
    const wave = (name: string): number =>
      model.components.find((component) => component.name === name)?.wave ?? 0;
    for (const instance of ['fineract-read', 'fineract-write', 'fineract-batch']) {
      expect(wave('fineract-migration')).toBeLessThan(wave(instance));
    }
    const apache = renderTree(createModel({ engine: 'apache-fineract' }), inputs);
    const objects = buildFolder(apache, 'environments/production/bank') as readonly Loose[];
    const switches = ['fineract-read', 'fineract-write', 'fineract-batch'].map(
      (name) => variable(objects, name, 'FINERACT_LIQUIBASE_ENABLED')?.value,
    );
    expect(switches).toEqual(['false', 'false', 'false']);
    expect(variable(objects, 'fineract-migration', 'FINERACT_LIQUIBASE_ENABLED')?.value).toBe('true');
  },
  'no default master password, and tenant credentials from the same secret': () => {
    const apache = renderTree(createModel({ engine: 'apache-fineract' }), inputs);
    const objects = buildFolder(apache, 'environments/production/bank') as readonly Loose[];
    const master = variable(objects, 'fineract-write', 'FINERACT_DEFAULT_TENANTDB_MASTER_PASSWORD');
    expect(master?.valueFrom?.secretKeyRef?.name).toBe('tenant-master-password');
    const passwords = ['FINERACT_DEFAULT_TENANTDB_PWD', 'FINERACT_HIKARI_PASSWORD'].map(
      (name) => variable(objects, 'fineract-write', name)?.valueFrom?.secretKeyRef,
    );
    expect(passwords[0]).toEqual(passwords[1]);
  },
  'connections to the database verify its certificate': () => {
    for (const [name, objects] of built) {
      const values = objects.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === 'fineract-config',
      )?.data;
      expect(values?.['database-url'], name).toMatch(/sslmode=verify-(full|ca)/);
      expect(values?.['keycloak-database-url'], name).toMatch(/sslmode=verify-(full|ca)/);
    }
  },
  'the demo bank and its users stay in development': () => {
    for (const { name, stage } of model.environments.filter((environment) => environment.stage !== 'dev')) {
      const text = JSON.stringify(built.get(name));
      expect(text, `${name} (${stage})`).not.toContain('bank-config/demo');
      expect(text, name).not.toContain('DEMO_PASSWORD');
    }
  },
} as const satisfies Readonly<Record<string, () => void>>;

describe('a pain that cannot happen here', () => {
  test.each(Object.entries(pains))('%s', (_name, check) => check());
});

test('the page lists each of them by its name', () => {
  const page = readFileSync(join(root, 'docs/platform/pains.md'), 'utf8');
  expect(Object.keys(pains).filter((name) => !page.includes(name))).toEqual([]);
});
