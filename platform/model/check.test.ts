import { describe, expect, test } from 'vitest';
import { checkModel } from './check.ts';
import { createModel, type Model } from './model.ts';
import { secret } from './secrets.ts';
import type { Component } from './types.ts';

const model = createModel();

/** The model with one component changed. */
const change = (name: string, changes: Partial<Component>): Model =>
  createModel({ components: model.components.map((c) => (c.name === name ? { ...c, ...changes } : c)) });
const changeEnvironment = (name: string, changes: Partial<Model['environments'][number]>): Model =>
  createModel({ environments: model.environments.map((e) => (e.name === name ? { ...e, ...changes } : e)) });
const sentences = (broken: Model): string[] =>
  checkModel(broken).map(({ path, sentence }) => `${path}: ${sentence}`);

test('the model of this repository has no problem', () => expect(checkModel(model)).toEqual([]));

describe('each mistake is one sentence that names the line to mend', () => {
  const unknownProvider = { provider: 'oracle' } as unknown as Partial<Model['environments'][number]>;
  const unknownProfile = { profile: 'huge' } as unknown as Partial<Model['environments'][number]>;
  const unknownImage = { image: 'cobol' } as unknown as Partial<Component>;
  const quota = { cpuMillis: 1000, memoryMi: 1024, storageGi: 1 };

  test.each<[string, Model, RegExp]>([
    [
      'provider',
      changeEnvironment('uat', unknownProvider),
      /environments.ts \(uat\): Provider "oracle" is unknown; use one of self-hosted, aws/,
    ],
    [
      'profile',
      changeEnvironment('uat', unknownProfile),
      /environments.ts \(uat\): Profile "huge" is unknown; use one of minimal/,
    ],
    [
      'quota',
      changeEnvironment('dev', { quota }),
      /environments.ts \(dev\): Profile "minimal" needs .* more than the quota of 1 CPU/,
    ],
    [
      'image',
      change('gateway', unknownImage),
      /\(gateway\): The image "cobol" is not in platform\/model\/images.ts/,
    ],
    [
      'host',
      change('keycloak', { hosts: [''] }),
      /\(keycloak\): The host "the public host" belongs to "gateway" already/,
    ],
    [
      'service',
      change('redis', { service: { name: 's3-service', ports: ['redis'] } }),
      /The Service "s3-service" belongs to "redis" already/,
    ],
    [
      'own port',
      change('redis', { metrics: { port: 'web', path: '/' } }),
      /\(redis\): It names its port "web" but serves redis, metrics/,
    ],
    [
      'secret',
      change('gateway', { env: [{ name: 'A', secret: { name: 'lost', key: 'password' } }] }),
      /\(gateway\): A reads the secret "lost" key "password", which platform\/model\/secrets.ts does not declare/,
    ],
    [
      'secret key',
      change('gateway', {
        env: [{ name: 'A', secret: { ...secret('redis-password', 'password'), key: 'pin' } }],
      }),
      /A reads the secret "redis-password" key "pin"/,
    ],
    [
      'mounted secret',
      change('gateway', { mounts: [{ kind: 'secret', name: 'lost', path: '/x' }] }),
      /\(gateway\): It mounts the secret "lost"/,
    ],
    ['config key', change('gateway', { env: [{ name: 'A', config: 'colour' }] }), /A reads the key "colour"/],
    ['wave', change('postgresql', { wave: 9 }), /It starts in wave 5 but needs "postgresql" of wave 9/],
    [
      'totals',
      change('gateway', { resources: { minimal: { cpuMillis: 300, memoryMi: 512 } } }),
      /profiles.ts \(minimal\): The components of "dev" add up to 5.05 CPU.*the table says 5 CPU/,
    ],
    [
      'port',
      createModel({ connections: [{ from: 'gateway', to: 'redis', port: 'http', why: 'a slip' }] }),
      /\(gateway -> redis\): "redis" does not serve the port "http"; it serves redis, metrics/,
    ],
    [
      'end',
      createModel({ connections: [{ from: 'gateway', to: 'mongo', port: 'db', why: 'a slip' }] }),
      /\(gateway -> mongo\): The component "mongo" is unknown/,
    ],
    [
      'name',
      createModel({ components: [...model.components, model.components[0]!] }),
      /The name "people" stands twice/,
    ],
  ])('%s', (_what, broken, sentence) => {
    expect(sentences(broken)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  });

  test('all mistakes are told at once', () => {
    const broken = createModel({
      connections: [
        { from: 'a', to: 'redis', port: 'redis', why: '' },
        { from: 'gateway', to: 'b', port: 'http', why: '' },
      ],
    });
    expect(sentences(broken)).toHaveLength(2);
  });
});
