/** What the whole cluster shares: priorities, certificate issuers, backup schedules. */

import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1/PriorityClass';
import type { Environment } from '../model/environments.ts';
import type { Model } from '../model/model.ts';
import type { VeleroSchedule } from './crds/velero.ts';
import { gatewayObjects } from './edge.ts';
import { waveAnnotation } from './metadata.ts';
import type { KubeObject } from './tree.ts';

const metadata = (name: string) => ({
  name,
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'fineract', owner: 'bank-platform' },
  annotations: waveAnnotation(0),
});

const priority = (name: string, value: number, description: string): IPriorityClass => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: metadata(name),
  value,
  description,
  preemptionPolicy: 'PreemptLowerPriority',
  globalDefault: false,
});

const priorities: readonly IPriorityClass[] = [
  priority('bank-critical', 100_000, 'The way in, login, the ledger and its database.'),
  priority('bank-standard', 50_000, 'Batch instances, cache, broker, object store, user sync.'),
  priority('bank-batch', 10_000, 'Jobs: they wait for room rather than take it.'),
];

/** Let's Encrypt asks over HTTP, by whichever way in the environment has. */
const challenge = ({ edge }: Environment) =>
  edge === 'ingress'
    ? { ingress: { ingressClassName: 'nginx' } }
    : {
        gatewayHTTPRoute: {
          parentRefs: [{ name: 'fineract', namespace: 'nginx-gateway', sectionName: 'challenges' }],
        },
      };

const certificateNamespace = 'cert-manager';

function acme(model: Model, environment: Environment, name: string, server: string): IClusterIssuer {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: metadata(name),
    spec: {
      acme: {
        server,
        email: model.settings.operatorEmail,
        privateKeySecretRef: { name: `${name}-account` },
        solvers: [{ http01: challenge(environment) }],
      },
    },
  };
}

/** A root of our own for what the public never sees: signed by itself once, then it signs the rest. */
function internalAuthority(): readonly KubeObject[] {
  const bootstrap: IClusterIssuer = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: metadata('internal-ca-bootstrap'),
    spec: { selfSigned: {} },
  };
  const root: ICertificate = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { ...metadata('internal-ca'), namespace: certificateNamespace, annotations: waveAnnotation(1) },
    spec: {
      isCA: true,
      commonName: 'fineract internal CA',
      secretName: 'internal-ca',
      duration: '87600h',
      renewBeforePercentage: 20,
      privateKey: { algorithm: 'ECDSA', size: 384, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal-ca-bootstrap' },
    },
  };
  const issuer: IClusterIssuer = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { ...metadata('internal-ca'), annotations: waveAnnotation(2) },
    spec: { ca: { secretName: 'internal-ca' } },
  };
  return [bootstrap, root, issuer];
}

/**
 * Objects and small volumes; the database has backups of its own (`pg-backup`, and its archived log), for a snapshot of
 * files in use is no backup of a database. The sealing keys are kept too: without them every sealed file is garbage.
 */
function schedule(name: string, cron: string, namespaces: readonly string[], days: number): VeleroSchedule {
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: { ...metadata(name), namespace: 'velero' },
    spec: {
      schedule: cron,
      useOwnerReferencesInBackup: false,
      template: {
        ttl: `${days * 24}h0m0s`,
        includedNamespaces: namespaces,
        includeClusterResources: true,
        snapshotVolumes: false,
        storageLocation: 'default',
      },
    },
  };
}

export function clusterObjects(model: Model, environment: Environment): readonly KubeObject[] {
  const days = environment.stage === 'production' ? 30 : 7;
  return [
    ...priorities,
    acme(model, environment, 'letsencrypt-staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'),
    acme(model, environment, 'letsencrypt-production', 'https://acme-v02.api.letsencrypt.org/directory'),
    ...internalAuthority(),
    ...gatewayObjects(model, environment),
    schedule('daily', '0 4 * * *', [environment.namespace, 'monitoring'], days),
    schedule('sealing-keys', '30 4 * * *', ['sealed-secrets'], 90),
  ];
}
