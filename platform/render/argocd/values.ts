/** Values of the charts that differ by environment; what all share stands with the component. */

import { configValues } from '../../model/config-values.ts';
import type { Environment } from '../../model/environments.ts';
import { imageReference, type Model, providerOf } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';

type Values = Readonly<Record<string, unknown>>;

const plugins = {
  s3: { name: 'velero-plugin-for-aws', provider: 'aws' },
  azblob: { name: 'velero-plugin-for-microsoft-azure', provider: 'azure' },
  gs: { name: 'velero-plugin-for-gcp', provider: 'gcp' },
} as const;

/** Velero's plugin, its bucket, and keys only where the provider has no workload identity. */
function veleroValues(model: Model, environment: Environment): Values {
  const provider = providerOf(model, environment.provider);
  const plugin = plugins[provider.objectStore.kind];
  const url = new URL(configValues(model, environment)['backup-url'] ?? '');
  const endpoint = url.searchParams.get('endpoint');
  const keys = provider.identity === 'none';
  return {
    initContainers: [
      {
        name: plugin.name,
        image: imageReference(model, plugin.name),
        volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
      },
    ],
    configuration: {
      backupStorageLocation: [
        {
          name: 'default',
          provider: plugin.provider,
          bucket: url.hostname,
          prefix: 'velero',
          config: {
            region: provider.objectStore.region,
            ...(endpoint ? { s3Url: endpoint, s3ForcePathStyle: 'true' } : {}),
          },
        },
      ],
      volumeSnapshotLocation: [],
    },
    credentials: keys ? { existingSecret: 'velero-credentials' } : { useSecret: false },
  };
}

/** The whole values of a component's chart in one environment. */
export function chartValues(model: Model, component: Component, environment: Environment): Values {
  const common = component.workload.kind === 'chart' ? component.workload.values : {};
  return component.name === 'velero' ? { ...common, ...veleroValues(model, environment) } : common;
}
