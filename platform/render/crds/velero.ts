/** The fields of Velero's Schedule that we set; npm carries no model of it. */

import type { KubeObject } from '../tree.ts';

export interface VeleroSchedule extends KubeObject {
  readonly apiVersion: 'velero.io/v1';
  readonly kind: 'Schedule';
  readonly spec: {
    readonly schedule: string;
    readonly useOwnerReferencesInBackup: boolean;
    readonly template: {
      readonly ttl: string;
      readonly includedNamespaces: readonly string[];
      readonly excludedResources?: readonly string[];
      readonly includeClusterResources?: boolean;
      readonly snapshotVolumes: boolean;
      readonly storageLocation: string;
    };
  };
}
