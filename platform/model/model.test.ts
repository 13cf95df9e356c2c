/** The model against the source's tables and diagrams, copied here by hand so that the two can disagree. */
import { describe, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { createModel, environmentOf, ModelError, replicasIn, revisionOf, steadyTotals } from './model.ts';
import { secret } from './secrets.ts';
import { type Component, defineComponent } from './types.ts';

const model = createModel();
const component = (name: string): Component => {
  const found = model.components.find((candidate) => candidate.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe('the environment table', () => {
  const always = 'Always';
  const office = 'Tue-Thu 10AM-4PM';
  test.each([
    ['dev', 'fineract-dev', true, 'develop', false, 5, always],
    ['dev-aws', 'fineract-dev', true, 'develop', false, 5, always],
    ['dev-azure', 'fineract-dev', true, 'develop', false, 5, always],
    ['dev-gcp', 'fineract-dev', true, 'develop', false, 5, always],
    ['uat', 'fineract-uat', false, 'main', true, 5, always],
    ['production', 'fineract-production', false, 'main (tagged)', true, 3, office],
    ['production-aws', 'fineract-production', false, 'main (tagged)', true, 3, office],
    ['production-azure', 'fineract-production', false, 'main (tagged)', true, 3, office],
    ['production-gcp', 'fineract-production', false, 'main (tagged)', true, 3, office],
  ])('%s', (name, namespace, autoSync, source, approval, retryLimit, window) => {
    const row = environmentOf(model, name);
    expect({
      namespace: row.namespace,
      autoSync: row.autoSync,
      source: row.tagged ? `${row.branch} (tagged)` : row.branch,
      approval: row.approvalRequired,
      retryLimit: row.retryLimit,
      window: row.syncWindow?.label ?? always,
    }).toEqual({ namespace, autoSync, source, approval, retryLimit, window });
  });

  test('has nine rows', () => expect(model.environments).toHaveLength(9));

  test('the window opens on Tuesday to Thursday from 10:00 to 16:00', () => {
    const { syncWindow } = environmentOf(model, 'production');
    expect(syncWindow).toMatchObject({ schedule: '0 10 * * 2-4', durationHours: 6 });
  });

  test('production follows the release tag, the others their branch', () => {
    expect(revisionOf(model, environmentOf(model, 'production-aws'))).toBe(model.settings.productionTag);
    expect(revisionOf(model, environmentOf(model, 'uat'))).toBe('main');
  });
});

describe('the profile table', () => {
  test.each([
    ['minimal', 'dev', 5, 13, 100],
    ['standard', 'uat', 5.5, 14, 110],
    ['full', 'production', 14.5, 40, 310],
  ])('%s adds up', (profile, reference, cpus, memoryGi, storageGi) => {
    const environment = environmentOf(model, reference);
    expect(environment.profile).toBe(profile);
    const totals = steadyTotals(model, environment);
    expect([totals.cpuMillis / 1000, totals.memoryMi / 1024, totals.storageGi]).toEqual([
      cpus,
      memoryGi,
      storageGi,
    ]);
    expect(model.profiles[profile]).toMatchObject({
      cpuMillis: cpus * 1000,
      memoryMi: memoryGi * 1024,
      storageGi,
    });
  });
});

describe('the topology diagram of production', () => {
  const production = environmentOf(model, 'production');
  test.each([
    ['fineract-read', 3],
    ['fineract-write', 2],
    ['fineract-batch', 3],
    ['postgresql', 3],
    ['redis', 1],
  ])('%s has %i replicas', (name, replicas) =>
    expect(replicasIn(component(name), production)).toBe(replicas),
  );

  test.each([
    ['postgresql', 100],
    ['redis', 10],
    ['s3', 100],
    ['prometheus', 50],
    ['loki', 30],
  ])('%s stores %i GB', (name, sizeGi) => expect(component(name).storage?.sizeGi).toBe(sizeGi));

  test.each([
    ['fineract-read', 'fineract-read-service'],
    ['fineract-write', 'fineract-write-service'],
    ['fineract-batch', 'fineract-batch-service'],
    ['postgresql', 'postgresql-service'],
    ['redis', 'redis-service'],
    ['s3', 's3-service'],
    ['gateway', 'oauth2-proxy-service'],
  ])('%s is reached as %s', (name, service) => expect(component(name).service?.name).toBe(service));

  test.each([
    ['apply-interest', '0 2 * * *'],
    ['pg-backup', '0 3 * * *'],
  ])('%s runs at %s', (name, schedule) => {
    expect(component(name).workload).toMatchObject({ kind: 'cronjob', schedule, timeZone: 'Etc/UTC' });
  });

  test('the data loader is a Job', () => expect(component('fineract-data-loader').workload.kind).toBe('job'));

  test('the secrets keep their names', () => {
    expect(Object.keys(model.secrets)).toEqual(expect.arrayContaining(['db-credentials', 'redis-password']));
  });
});

describe('the arrows of the architecture diagrams', () => {
  const has = (from: string, to: string): boolean =>
    model.connections.some((connection) => connection.from === from && connection.to === to);
  test.each([
    ['people', 'nginx-ingress'],
    ['nginx-ingress', 'gateway'],
    ['gateway', 'keycloak'],
    ['gateway', 'fineract-read'],
    ['gateway', 'fineract-write'],
    ['fineract-read', 'postgresql'],
    ['fineract-read', 'redis'],
    ['fineract-write', 'postgresql'],
    ['fineract-write', 'redis'],
    ['fineract-write', 'kafka'],
    ['fineract-batch', 'postgresql'],
    ['fineract-batch', 'redis'],
    ['fineract-batch', 's3'],
    ['fineract-batch', 'mail'],
    ['fineract-batch', 'sms'],
    ['fineract-write', 'user-sync'],
    ['user-sync', 'keycloak'],
    ['keycloak', 'postgresql'],
    ['fineract-read', 's3'],
    ['fineract-read', 'keycloak'],
    ['apply-interest', 'fineract-batch'],
    ['prometheus', 'fineract-read'],
    ['prometheus', 'fineract-write'],
    ['prometheus', 'fineract-batch'],
    ['prometheus', 'postgresql'],
    ['prometheus', 'keycloak'],
    ['grafana', 'prometheus'],
    ['alloy', 'loki'],
  ])('%s -> %s', (from, to) => expect(has(from, to)).toBe(true));

  test('the console and the ingress reach no instance but through the gateway', () => {
    expect(has('nginx-ingress', 'fineract-read')).toBe(false);
    expect(has('nginx-ingress', 'fineract-write')).toBe(false);
  });
});

describe('what the compiler refuses', () => {
  test('an unknown component and a port that nobody serves', () => {
    // @ts-expect-error the component does not exist
    connect('gateway', 'fineract-reed', 'http', 'a slip');
    // @ts-expect-error PostgreSQL does not speak HTTP
    connect('gateway', 'postgresql', 'http', 'a slip');
    expect(connect('gateway', 'redis', 'redis', 'sessions').port).toBe('redis');
  });

  test('a secret, a key, an image that the tables do not have', () => {
    // @ts-expect-error there is no such secret
    secret('db-passwords', 'password');
    // @ts-expect-error the secret has no such key
    secret('db-credentials', 'pin');
    const common = {
      name: 'x',
      summary: '',
      layer: 'core',
      place: 'bank',
      workload: { kind: 'deployment' },
      wave: 1,
    } as const;
    // @ts-expect-error there is no such image
    defineComponent({ ...common, ports: {}, image: 'cobol' });
    // @ts-expect-error it scrapes a port that it does not serve
    defineComponent({ ...common, ports: { http: { number: 80 } }, metrics: { port: 'metrics', path: '/' } });
    expect(secret('db-credentials', 'username')).toEqual({ name: 'db-credentials', key: 'username' });
  });
});

test('an unknown environment is refused with the names there are', () => {
  expect(() => environmentOf(model, 'staging')).toThrow(ModelError);
  expect(() => environmentOf(model, 'staging')).toThrow(
    /Unknown environment "staging"; choose one of dev, dev-aws/,
  );
});
