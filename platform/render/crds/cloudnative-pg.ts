/** The fields of CloudNativePG's resources that we set; npm carries no model of them. */

import type { IIoK8sApiCoreV1ResourceRequirements as Requirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { KubeObject } from '../tree.ts';

interface ServiceTemplate {
  readonly selectorType: 'rw' | 'ro' | 'r';
  readonly updateStrategy?: 'patch' | 'replace';
  readonly serviceTemplate: {
    readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  };
}

export interface PostgresCluster extends KubeObject {
  readonly apiVersion: 'postgresql.cnpg.io/v1';
  readonly kind: 'Cluster';
  readonly spec: {
    readonly instances: number;
    readonly imageName: string;
    readonly primaryUpdateStrategy: 'unsupervised' | 'supervised';
    readonly primaryUpdateMethod: 'switchover' | 'restart';
    readonly enablePDB: boolean;
    readonly enableSuperuserAccess: boolean;
    readonly priorityClassName?: string;
    readonly inheritedMetadata?: { readonly labels?: Record<string, string> };
    readonly storage: {
      readonly size: string;
      readonly storageClass?: string;
      readonly resizeInUseVolumes: boolean;
    };
    readonly resources: Requirements;
    readonly affinity: {
      readonly enablePodAntiAffinity: boolean;
      readonly podAntiAffinityType: 'preferred' | 'required';
      readonly topologyKey: string;
    };
    readonly topologySpreadConstraints?: readonly object[];
    readonly postgresql: { readonly parameters: Record<string, string>; readonly synchronous?: object };
    readonly certificates: { readonly serverAltDNSNames: readonly string[] };
    readonly bootstrap: {
      readonly initdb: {
        readonly database: string;
        readonly owner: string;
        readonly secret: { readonly name: string };
        readonly encoding: string;
        readonly dataChecksums: boolean;
      };
    };
    readonly managed: {
      readonly roles: readonly {
        readonly name: string;
        readonly ensure: 'present';
        readonly login: boolean;
        readonly passwordSecret: { readonly name: string };
      }[];
      readonly services: { readonly additional: readonly ServiceTemplate[] };
    };
    readonly plugins: readonly {
      readonly name: string;
      readonly isWALArchiver: boolean;
      readonly parameters: Record<string, string>;
    }[];
  };
}

export interface PostgresDatabase extends KubeObject {
  readonly apiVersion: 'postgresql.cnpg.io/v1';
  readonly kind: 'Database';
  readonly spec: {
    readonly name: string;
    readonly owner: string;
    readonly cluster: { readonly name: string };
    readonly databaseReclaimPolicy: 'retain';
  };
}

export interface ScheduledBackup extends KubeObject {
  readonly apiVersion: 'postgresql.cnpg.io/v1';
  readonly kind: 'ScheduledBackup';
  readonly spec: {
    readonly schedule: string;
    readonly cluster: { readonly name: string };
    readonly backupOwnerReference: 'self' | 'cluster' | 'none';
    readonly method: 'plugin';
    readonly pluginConfiguration: { readonly name: string };
  };
}

export interface ObjectStore extends KubeObject {
  readonly apiVersion: 'barmancloud.cnpg.io/v1';
  readonly kind: 'ObjectStore';
  readonly spec: {
    readonly retentionPolicy: string;
    readonly instanceSidecarConfiguration: { readonly resources: Requirements };
    readonly configuration: {
      readonly destinationPath: string;
      readonly endpointURL?: string;
      readonly wal: { readonly compression: 'gzip' };
      readonly data: { readonly compression: 'gzip' };
      readonly s3Credentials: Record<
        'accessKeyId' | 'secretAccessKey',
        { readonly name: string; readonly key: string }
      >;
    };
  };
}
