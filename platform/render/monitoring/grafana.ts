/** Grafana's data sources and dashboards, provisioned from files; nothing is clicked together in a cluster. */

import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { dashboardNames } from '../../model/components/monitoring.ts';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { dashboards, grafanaText } from '../../monitoring/index.ts';
import { metadataOf } from '../metadata.ts';
import { yamlOf } from '../yaml.ts';

const sources = {
  apiVersion: 1,
  datasources: [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      url: 'http://prometheus-service:9090',
      isDefault: true,
    },
    { name: 'Loki', uid: 'loki', type: 'loki', access: 'proxy', url: 'http://loki-service:3100' },
  ],
};

const dashboardFolder = {
  apiVersion: 1,
  providers: [
    { name: 'bank', folder: 'Bank', type: 'file', options: { path: '/var/lib/grafana-dashboards' } },
  ],
};

export function grafanaObjects(model: Model, component: Component): readonly IConfigMap[] {
  const shown = dashboards(model);
  const configMap = (name: string, data: Record<string, string>): IConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(component, name),
    data,
  });
  return [
    configMap('grafana-datasources', { 'datasources.yaml': yamlOf(sources) }),
    configMap('grafana-dashboard-providers', { 'providers.yaml': yamlOf(dashboardFolder) }),
    ...dashboardNames.map((name) => {
      const dashboard = shown.find((each) => each.name === name);
      // The mount stays whoever answers the API; a dashboard that does not fit leaves it empty.
      return configMap(
        `grafana-dashboard-${name}`,
        dashboard ? { [`${name}.json`]: grafanaText(dashboard) } : {},
      );
    }),
  ];
}
