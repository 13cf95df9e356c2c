/**
 * The official engine in the same place. Names and defaults as in Apache Fineract's `application.properties`; what is
 * not set there falls back to MariaDB, a public master password, TLS with a shipped key, and no metrics.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import { createModel } from '../model/model.ts';
import { secretsIn } from '../model/secrets-in.ts';
import { renderTree } from './index.ts';

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}
interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
  readonly livenessProbe?: { readonly httpGet: { readonly path: string } };
}

const model = createModel({ engine: 'apache-fineract' });
const tree = renderTree(model, readInputs(join(import.meta.dirname, '../../deploy')));
const instances = ['fineract-read', 'fineract-write', 'fineract-batch'];

const own = new Set([
  'LOG_LEVEL',
  'SPRING_PROFILES_ACTIVE',
  'SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI',
]);
/** Where a cloud SDK looks for its keys, whoever runs it. */
const cloud = /^(AWS|AZURE|GOOGLE)_/;

describe.each(model.environments.map(({ name }) => name))('in %s', (environment) => {
  const objects = buildFolder(tree, `environments/${environment}/bank`) as unknown as readonly Workload[];
  const container = (name: string): Container => {
    const found = objects.find(
      ({ kind, metadata }) => metadata.name === name && ['Rollout', 'Deployment', 'Job'].includes(kind),
    );
    return found!.spec.template.spec.containers[0]!;
  };
  const valuesOf = (name: string): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(container(name).env.map((each) => [each.name, each.value]));

  test.each([...instances, 'fineract-migration'])(
    '%s is the official engine, started its own way',
    (name) => {
      const { image, command, env } = container(name);
      expect(image).toContain('/apache-fineract:');
      expect(command).toBeUndefined();
      const foreign = env
        .map((each) => each.name)
        .filter((each) => !each.startsWith('FINERACT_') && !own.has(each));
      expect(foreign.filter((each) => !cloud.test(each))).toEqual([]);
      expect(valuesOf(name)).toMatchObject({
        FINERACT_HIKARI_DRIVER_SOURCE_CLASS_NAME: 'org.postgresql.Driver',
        FINERACT_DEFAULT_TENANTDB_PORT: '5432',
      });
    },
  );

  test.each(instances)('%s answers where it is asked', (name) => {
    const { ports, readinessProbe, livenessProbe } = container(name);
    const values = valuesOf(name);
    expect(ports?.map(({ containerPort }) => String(containerPort))).toContain(
      values['FINERACT_SERVER_PORT'],
    );
    expect(values['FINERACT_SERVER_SSL_ENABLED']).toBe('false');
    expect(readinessProbe?.httpGet.path).toBe('/fineract-provider/actuator/health/readiness');
    expect(livenessProbe?.httpGet.path).toBe('/fineract-provider/actuator/health/liveness');
    expect(values['FINERACT_MANAGEMENT_PROMETHEUS_ENABLED']).toBe('true');
  });

  test.each(instances)('%s takes no public default for a secret', (name) => {
    const secret = (variable: string): unknown =>
      container(name).env.find((each) => each.name === variable)?.valueFrom;
    for (const variable of [
      'FINERACT_DEFAULT_MASTER_PASSWORD',
      'FINERACT_DEFAULT_TENANTDB_MASTER_PASSWORD',
      'FINERACT_DEFAULT_TENANTDB_PWD',
      'FINERACT_HIKARI_PASSWORD',
    ])
      expect(secret(variable), variable).toMatchObject({ secretKeyRef: {} });
  });

  test('exactly one way to sign in is on: the engine refuses to start with two', () => {
    const values = valuesOf('fineract-write');
    expect([
      values['FINERACT_SECURITY_BASICAUTH_ENABLED'],
      values['FINERACT_SECURITY_OAUTH_ENABLED'],
    ]).toEqual(['false', 'true']);
  });

  test('modes are as the source’s: reading, writing and jobs apart', () => {
    const modes = (name: string): readonly (string | undefined)[] =>
      ['READ', 'WRITE', 'BATCH_MANAGER', 'BATCH_WORKER'].map(
        (mode) => valuesOf(name)[`FINERACT_MODE_${mode}_ENABLED`],
      );
    expect(modes('fineract-read')).toEqual(['true', 'false', 'false', 'false']);
    expect(modes('fineract-write')).toEqual(['true', 'true', 'false', 'false']);
    expect(modes('fineract-batch')).toEqual(['true', 'false', 'true', 'true']);
  });
});

test('the master password is asked for with this engine, and only with it', () => {
  const needed = (engine: 'fineract-ts' | 'apache-fineract'): readonly string[] =>
    secretsIn(createModel({ engine }), model.environments[0]!).map(({ name }) => name);
  expect(needed('apache-fineract')).toContain('tenant-master-password');
  expect(needed('fineract-ts')).not.toContain('tenant-master-password');
});
