/** PostgreSQL as CloudNativePG runs it: the cluster, its databases, the archive of its log (decision 0100). */

import { imageReference, type Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import type {
  ObjectStore,
  PostgresCluster,
  PostgresDatabase,
  ScheduledBackup,
} from '../crds/cloudnative-pg.ts';
import { labelsOf, metadataOf } from '../metadata.ts';
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
