/** The list of components, in the order of the drawings. A new component is a file, a line here and a line below. */

import type { Component, Connection } from '../types.ts';
import { applyInterest, applyInterestConnections } from './apply-interest.ts';
import { consoleFiles } from './console.ts';
import { fineractBatch, fineractBatchConnections } from './fineract-batch.ts';
import { fineractDataLoader, fineractDataLoaderConnections } from './fineract-data-loader.ts';
import { fineractMigration, fineractMigrationConnections } from './fineract-migration.ts';
import { fineractRead, fineractReadConnections } from './fineract-read.ts';
import { fineractWrite, fineractWriteConnections } from './fineract-write.ts';
import { gateway, gatewayConnections } from './gateway.ts';
import { kafka, kafkaConnections } from './kafka.ts';
import { keycloak, keycloakConnections } from './keycloak.ts';
import { keycloakRealm, keycloakRealmConnections } from './keycloak-realm.ts';
import { alloy, grafana, loki, monitoringConnections, prometheus } from './monitoring.ts';
import { nightShiftConnections, nightSleep, nightWake } from './night-shift.ts';
import {
  argoRollouts,
  backupPlugin,
  certManager,
  kafkaOperator,
  nginxGateway,
  nginxIngress,
  operatorConnections,
  postgresqlOperator,
  prometheusOperator,
  sealedSecrets,
  velero,
} from './operators.ts';
import {
  acmeSolver,
  dns,
  kubernetesApi,
  mail,
  metadataServer,
  objectStore,
  outsideConnections,
  people,
  sms,
} from './outside.ts';
import { pgBackup, pgBackupConnections } from './pg-backup.ts';
import { postgresql, postgresqlConnections } from './postgresql.ts';
import { redis } from './redis.ts';
import { s3, s3Buckets, s3Connections } from './s3.ts';
import { userSync, userSyncConnections } from './user-sync.ts';

export const components = {
  people,
  'nginx-ingress': nginxIngress,
  'nginx-gateway': nginxGateway,
  'acme-solver': acmeSolver,
  gateway,
  console: consoleFiles,
  keycloak,
  'keycloak-realm': keycloakRealm,
  'user-sync': userSync,
  'fineract-read': fineractRead,
  'fineract-write': fineractWrite,
  'fineract-batch': fineractBatch,
  'fineract-migration': fineractMigration,
  'fineract-data-loader': fineractDataLoader,
  'apply-interest': applyInterest,
  postgresql,
  redis,
  kafka,
  s3,
  's3-buckets': s3Buckets,
  'pg-backup': pgBackup,
  'object-store': objectStore,
  mail,
  sms,
  prometheus,
  grafana,
  loki,
  alloy,
  'cert-manager': certManager,
  'sealed-secrets': sealedSecrets,
  'argo-rollouts': argoRollouts,
  velero,
  'postgresql-operator': postgresqlOperator,
  'backup-plugin': backupPlugin,
  'kafka-operator': kafkaOperator,
  'prometheus-operator': prometheusOperator,
  'kubernetes-api': kubernetesApi,
  'metadata-server': metadataServer,
  dns,
  'night-sleep': nightSleep,
  'night-wake': nightWake,
} as const satisfies Readonly<Record<string, Component>>;

export const connections: readonly Connection[] = [
  ...outsideConnections,
  ...gatewayConnections,
  ...keycloakConnections,
  ...keycloakRealmConnections,
  ...userSyncConnections,
  ...fineractReadConnections,
  ...fineractWriteConnections,
  ...fineractBatchConnections,
  ...fineractMigrationConnections,
  ...fineractDataLoaderConnections,
  ...applyInterestConnections,
  ...postgresqlConnections,
  ...kafkaConnections,
  ...s3Connections,
  ...pgBackupConnections,
  ...monitoringConnections,
  ...operatorConnections,
  ...nightShiftConnections,
];
