/** The rendered tree as a whole: fresh, deterministic, quick, and what the source's documents promise of it. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compareWithDisk, readInputs, textsOf } from '../disk.ts';
import { checkDocs } from '../index.ts';
import { buildFolder } from '../kustomize/build.ts';
import { createModel, ModelError } from '../model/model.ts';
import { InvalidModel, renderTree } from './index.ts';
import type { KubeObject } from './tree.ts';

const deploy = join(import.meta.dirname, '../../deploy');
const inputs = readInputs(deploy);
const model = createModel();
const tree = renderTree(model, inputs);

/** An object of a built environment, as loosely as YAML is. */
type Loose = KubeObject & { readonly spec?: Record<string, unknown>; readonly data?: Record<string, string> };
const built = (environment: string): readonly Loose[] =>
  buildFolder(tree, `environments/${environment}`) as Loose[];
const find = (environment: string, kind: string, name: string): Loose => {
  const object = built(environment).find((o) => o.kind === kind && o.metadata?.name === name);
  if (!object) throw new Error(`${environment} has no ${kind} ${name}`);
  return object;
};
const at = (object: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);

test('the committed tree is fresh', () => {
  expect(compareWithDisk(deploy, textsOf(tree))).toEqual({
    added: [],
    changed: [],
    removed: [],
    blocked: [],
  });
});

test('the pages made from the model are fresh', () => {
  expect(checkDocs(join(import.meta.dirname, '../../docs/platform'))).toEqual({
    added: [],
    changed: [],
    removed: [],
    blocked: [],
  });
});

test('the same model makes the same bytes', () => {
  expect([...textsOf(renderTree(createModel(), inputs))]).toEqual([...textsOf(tree)]);
});

test('a model with a mistake renders nothing and says what to mend', () => {
  const broken = createModel({
    connections: [{ from: 'gateway', to: 'redis', port: 'http', why: 'a slip' }],
  });
  expect(() => renderTree(broken, inputs)).toThrow(InvalidModel);
  expect(() => renderTree(model, {})).toThrow(ModelError);
});

describe('the tree has the folders of the source', () => {
  const paths = [...tree.keys()];
  test.each([
    'apps/fineract-read/base/rollout.yaml',
    'apps/fineract-read/overlays/production/kustomization.yaml',
    'components/providers/aws-managed/kustomization.yaml',
    'components/profiles/full/kustomization.yaml',
    'environments/production-gcp/kustomization.yaml',
    'argocd/bootstrap/dev/kustomization.yaml',
    'argocd/projects/uat/kustomization.yaml',
    'argocd/applications/dev-azure/kustomization.yaml',
    'argocd/config/kustomization.yaml',
  ])('%s', (path) => expect(paths).toContain(path));

  test('no file is a list of several objects, and none is large', () => {
    const lengths = [...textsOf(tree)].map(([path, text]) => [path, text.split('\n').length] as const);
    expect(lengths.filter(([path, lines]) => lines > 400 && !path.includes('keycloak-realm'))).toEqual([]);
  });
});

describe('production, as its topology diagram draws it', () => {
  const production = 'production';
  test.each<[kind: string, name: string, path: string, value: unknown]>([
    ['HorizontalPodAutoscaler', 'fineract-read', 'spec.minReplicas', 3],
    ['Rollout', 'fineract-write', 'spec.replicas', 2],
    ['Rollout', 'fineract-write', 'spec.strategy.blueGreen.activeService', 'fineract-write-service'],
    ['Rollout', 'fineract-read', 'spec.strategy.canary.maxUnavailable', 0],
    ['Deployment', 'fineract-batch', 'spec.replicas', 3],
    ['Cluster', 'postgresql', 'spec.instances', 3],
    ['Cluster', 'postgresql', 'spec.storage.size', '100Gi'],
    ['StatefulSet', 'redis', 'spec.volumeClaimTemplates.0.spec.resources.requests.storage', '10Gi'],
    ['StatefulSet', 's3', 'spec.volumeClaimTemplates.0.spec.resources.requests.storage', '100Gi'],
    ['StatefulSet', 'loki', 'spec.volumeClaimTemplates.0.spec.resources.requests.storage', '30Gi'],
    ['Prometheus', 'prometheus', 'spec.storage.volumeClaimTemplate.spec.resources.requests.storage', '50Gi'],
    ['CronJob', 'apply-interest', 'spec.schedule', '0 2 * * *'],
    ['CronJob', 'pg-backup', 'spec.schedule', '0 3 * * *'],
    ['Job', 'fineract-data-loader', 'metadata.namespace', 'fineract-production'],
    ['Ingress', 'gateway', 'spec.rules.0.host', 'fineract.example.com'],
    ['Ingress', 'gateway', 'spec.ingressClassName', 'nginx'],
    ['Ingress', 'gateway', 'spec.rules.0.http.paths.0.backend.service.name', 'oauth2-proxy-service'],
    ['Certificate', 'gateway-tls', 'spec.issuerRef.name', 'letsencrypt-production'],
    ['ConfigMap', 'fineract-config', 'metadata.namespace', 'fineract-production'],
    ['DaemonSet', 'alloy', 'metadata.namespace', 'monitoring'],
    ['Deployment', 'grafana', 'metadata.namespace', 'monitoring'],
  ])('%s %s: %s', (kind, name, path, value) => expect(at(find(production, kind, name), path)).toBe(value));

  test('the realm is carried as realm-fineract.yaml, without the demo users of one machine', () => {
    const realm = parse(find(production, 'ConfigMap', 'keycloak-realm').data?.['realm-fineract.yaml'] ?? '');
    expect(realm.realm).toBe('fineract');
    expect(JSON.stringify(realm.users)).not.toContain('DEMO_PASSWORD');
    const attributes = realm.userProfile.attributes.map(({ name }: { name: string }) => name);
    expect(attributes).toContain('fineractUserId');
    expect([realm.attributes.userProfileEnabled, realm.components]).toEqual(['true', undefined]);
  });

  test('Redis keeps 768 MB, evicts the least recently used, appends to a file', () => {
    const file = find(production, 'ConfigMap', 'redis-config').data?.['redis.conf'] ?? '';
    expect(file).toMatch(/maxmemory 768mb\nmaxmemory-policy volatile-lru\nappendonly yes/);
  });

  test('every replicated workload must spread over the zones', () => {
    const spread = built(production).filter(
      (o) => ['Rollout', 'Deployment'].includes(o.kind) && o.metadata?.namespace !== 'monitoring',
    );
    const wanted = spread.filter(
      (o) => o.metadata?.name === 'fineract-read' || Number(at(o, 'spec.replicas')) > 1,
    );
    expect(wanted.map((o) => o.metadata?.name)).toEqual(
      expect.arrayContaining(['fineract-read', 'fineract-write', 'fineract-batch', 'gateway', 'user-sync']),
    );
    for (const object of wanted) {
      expect(at(object, 'spec.template.spec.topologySpreadConstraints.0')).toMatchObject({
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
      });
    }
  });
});

describe('the provider table', () => {
  test.each([
    ['production-aws', 'eks.amazonaws.com/role-arn', 's3://', 'gp3'],
    ['production-azure', 'azure.workload.identity/client-id', 'azblob://', 'managed-csi-premium'],
    ['production-gcp', 'iam.gke.io/gcp-service-account', 'gs://', 'premium-rwo'],
  ])(
    '%s: managed database, workload identity, own object store, in-cluster Redis',
    (name, annotation, scheme, storage) => {
      expect(built(name).some(({ apiVersion }) => apiVersion.startsWith('postgresql.cnpg.io'))).toBe(false);
      expect(find(name, 'Service', 'postgresql-service').spec).toMatchObject({ type: 'ExternalName' });
      expect(find(name, 'ServiceAccount', 'fineract-batch').metadata?.annotations).toHaveProperty([
        annotation,
      ]);
      expect(find(name, 'ConfigMap', 'fineract-config').data?.['objects-url']).toMatch(scheme);
      expect(
        at(find(name, 'StatefulSet', 'redis'), 'spec.volumeClaimTemplates.0.spec.storageClassName'),
      ).toBe(storage);
      expect(JSON.stringify(built(name))).not.toContain('object-store-credentials');
    },
  );

  test('self-hosted runs its database and its store in the cluster', () => {
    expect(find('production', 'Cluster', 'postgresql').apiVersion).toBe('postgresql.cnpg.io/v1');
    expect(find('production', 'Service', 's3-service').kind).toBe('Service');
  });
});

describe('profiles', () => {
  const has = (environment: string, kind: string, name: string): boolean =>
    built(environment).some((o) => o.kind === kind && o.metadata?.name === name);
  test.each([
    ['dev', false, false],
    ['uat', true, false],
    ['production', true, true],
  ])('%s: Redis %s, Kafka %s', (environment, redis, kafka) => {
    expect(has(environment, 'StatefulSet', 'redis')).toBe(redis);
    expect(has(environment, 'Kafka', 'fineract')).toBe(kafka);
    const container = at(find(environment, 'Rollout', 'fineract-write'), 'spec.template.spec.containers.0');
    expect(JSON.stringify(container).includes('REDIS_URL')).toBe(redis);
    expect(JSON.stringify(container).includes('KAFKA_BROKERS')).toBe(kafka);
  });
});

test('every consumer of the issuer is told the same string', () => {
  for (const { name } of model.environments) {
    const values = find(name, 'ConfigMap', 'fineract-config').data ?? {};
    expect(values['oidc-issuer']).toBe(`${values['identity-url']}/realms/fineract`);
  }
});

test('nine environments cost less than two seconds of one processor', () => {
  const started = process.cpuUsage();
  textsOf(renderTree(createModel(), inputs));
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(2);
});
