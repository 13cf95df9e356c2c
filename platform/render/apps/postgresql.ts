/** PostgreSQL as CloudNativePG runs it: the cluster, its databases, the archive of its log (decision 0100). */

import { configValues } from '../../model/config-values.ts';
import type { Environment } from '../../model/environments.ts';
import { imageReference, type Model, replicasIn } from '../../model/model.ts';
import type { ProfileRow } from '../../model/profiles.ts';
import type { Provider } from '../../model/providers.ts';
import type { Component } from '../../model/types.ts';
import type {
  ObjectStore,
  PostgresCluster,
  PostgresDatabase,
  ScheduledBackup,
} from '../crds/cloudnative-pg.ts';
import type { Patch, PatchOperation } from '../kustomization.ts';
import { labelsOf, metadataOf, selectorOf } from '../metadata.ts';
import { baseResources, requirements } from '../pod.ts';
import type { KubeObject } from '../tree.ts';

const backupPlugin = 'barman-cloud.cloudnative-pg.io';
const cluster = { name: 'postgresql' };

/** Settings that follow from what the bank needs; memory settings stay at the operator's advice for the pod's size. */
const parameters = {
  max_connections: '200',
  shared_buffers: '1GB',
  effective_cache_size: '3GB',
  password_encryption: 'scram-sha-256',
  log_min_duration_statement: '1000',
  wal_compression: 'on',
};

function clusterOf(model: Model, component: Component): PostgresCluster {
  const resources = baseResources(component) ?? { cpuMillis: 1000, memoryMi: 2048 };
  const services = ['postgresql-service', 'postgresql-read-service'];
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: metadataOf(component),
    spec: {
      instances: component.replicas?.dev ?? 1,
      imageName: imageReference(model, component.image ?? 'postgresql'),
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: 'switchover',
      enablePDB: true,
      enableSuperuserAccess: false,
      priorityClassName: component.priority ?? 'bank-critical',
      inheritedMetadata: { labels: labelsOf(component) },
      storage: { size: `${component.storage?.sizeGi ?? 0}Gi`, resizeInUseVolumes: true },
      resources: requirements(resources),
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'preferred',
        topologyKey: 'kubernetes.io/hostname',
      },
      postgresql: { parameters },
      certificates: { serverAltDNSNames: services },
      bootstrap: {
        initdb: {
          database: 'fineract_tenants',
          owner: 'fineract',
          secret: { name: 'db-credentials' },
          encoding: 'UTF8',
          dataChecksums: true,
        },
      },
      managed: {
        roles: [
          {
            name: 'keycloak',
            ensure: 'present',
            login: true,
            passwordSecret: { name: 'keycloak-db-credentials' },
          },
        ],
        services: {
          additional: [
            { selectorType: 'rw', serviceTemplate: { metadata: { name: 'postgresql-service' } } },
            { selectorType: 'r', serviceTemplate: { metadata: { name: 'postgresql-read-service' } } },
          ],
        },
      },
      plugins: [
        { name: backupPlugin, isWALArchiver: true, parameters: { barmanObjectName: 'postgresql-archive' } },
      ],
    },
  };
}

const databaseOf = (component: Component, name: string, owner: string): PostgresDatabase => ({
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Database',
  metadata: metadataOf(component, name.replaceAll('_', '-')),
  spec: { name, owner, cluster, databaseReclaimPolicy: 'retain' },
});

function archiveOf(model: Model, component: Component): ObjectStore {
  const [sidecar] = component.extra ?? [];
  const credentials = (key: string) => ({ name: 'object-store-credentials', key });
  return {
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: metadataOf(component, 'postgresql-archive'),
    spec: {
      retentionPolicy: '30d',
      instanceSidecarConfiguration: {
        resources: requirements(sidecar?.resources ?? { cpuMillis: 50, memoryMi: 256 }),
      },
      configuration: {
        destinationPath: 's3://fineract-dev-backups/postgresql',
        endpointURL: `https://s3.${model.settings.domain}`,
        wal: { compression: 'gzip' },
        data: { compression: 'gzip' },
        s3Credentials: {
          accessKeyId: credentials('access-key-id'),
          secretAccessKey: credentials('secret-access-key'),
        },
      },
    },
  };
}

/** A base backup each night, half an hour before the dump, so that the two do not compete. */
const scheduledBackupOf = (component: Component): ScheduledBackup => ({
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'ScheduledBackup',
  metadata: metadataOf(component),
  spec: {
    schedule: '0 30 2 * * *',
    cluster,
    backupOwnerReference: 'self',
    method: 'plugin',
    pluginConfiguration: { name: backupPlugin },
  },
});

export const postgresqlObjects = (model: Model, component: Component): readonly KubeObject[] => [
  clusterOf(model, component),
  databaseOf(component, 'fineract_default', 'fineract'),
  databaseOf(component, 'keycloak', 'keycloak'),
  archiveOf(model, component),
  scheduledBackupOf(component),
];

const clusterTarget = { kind: 'Cluster', name: 'postgresql' };

/**
 * More than one instance means failover, and failover must not lose an acknowledged commit: one replica confirms every
 * commit, and a quorum decides who may take over. Zones are a must, as for every replicated component.
 */
function replicaOperations(component: Component, instances: number): readonly PatchOperation[] {
  if (instances < 2) return [];
  const labelSelector = { matchLabels: { ...selectorOf(component) } };
  return [
    { op: 'replace', path: '/spec/instances', value: instances },
    { op: 'replace', path: '/spec/affinity/podAntiAffinityType', value: 'required' },
    {
      op: 'add',
      path: '/spec/topologySpreadConstraints',
      value: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector,
        },
      ],
    },
    {
      op: 'add',
      path: '/spec/postgresql/synchronous',
      value: { method: 'any', number: 1, dataDurability: 'required', failoverQuorum: true },
    },
    { op: 'replace', path: '/spec/managed/services/additional/1/selectorType', value: 'ro' },
  ];
}

/** Instances, and the archive's place: backups of two environments must never share a folder. */
export function postgresqlOverlay(
  model: Model,
  component: Component,
  environment: Environment,
): readonly Patch[] {
  const bucket = new URL(configValues(model, environment)['backup-url'] ?? '').hostname;
  return [
    {
      target: clusterTarget,
      operations: replicaOperations(component, replicasIn(component, environment)),
    },
    {
      target: { kind: 'ObjectStore', name: 'postgresql-archive' },
      operations: [
        { op: 'replace', path: '/spec/configuration/destinationPath', value: `s3://${bucket}/postgresql` },
      ],
    },
  ];
}

/** The profile's size. */
export function postgresqlProfile(
  _model: Model,
  component: Component,
  profile: ProfileRow,
): readonly Patch[] {
  const resources = component.resources?.[profile.name];
  const base = baseResources(component);
  if (!resources || !base || (resources.cpuMillis === base.cpuMillis && resources.memoryMi === base.memoryMi))
    return [];
  return [
    {
      target: clusterTarget,
      operations: [{ op: 'replace', path: '/spec/resources', value: requirements(resources) }],
    },
  ];
}

/** The provider's storage class. */
export const postgresqlProvider = (
  _model: Model,
  _component: Component,
  provider: Provider,
): readonly Patch[] => [
  {
    target: clusterTarget,
    operations: [{ op: 'add', path: '/spec/storage/storageClass', value: provider.storageClass }],
  },
];
