/** `docs/platform`: tables that the model can tell better than a person: environments, connections, sizes. */

import type { Environment } from '../model/environments.ts';
import {
  componentsIn,
  connectionsIn,
  environmentOf,
  imageReference,
  isJob,
  type Model,
  peakTotals,
  podRequests,
  providerOf,
  replicasIn,
  revisionOf,
  steadyTotals,
  type Totals,
} from '../model/model.ts';
import { localProfile } from '../model/profiles.ts';
import type { Component } from '../model/types.ts';
import { alertsPage } from './docs-alerts.ts';
import { architecturePage } from './docs-architecture.ts';
import { costsPage } from './docs-costs.ts';
import { type Row, table } from './markdown.ts';

const cpus = (millis: number): string => `${millis / 1000}`;
const gi = (mi: number): string => `${Math.round((mi / 1024) * 100) / 100} Gi`;
const totalsRow = ({ cpuMillis, memoryMi, storageGi }: Totals): Row => [
  cpus(cpuMillis),
  gi(memoryMi),
  `${storageGi} Gi`,
];

function environmentsPage(model: Model): string {
  const rows = model.environments.map((environment): Row => {
    const { name, namespace, provider, profile, autoSync, approvalRequired, retryLimit, syncWindow } =
      environment;
    return [
      `**${name}**`,
      namespace,
      providerOf(model, provider).cluster,
      profile,
      autoSync ? 'on' : 'off',
      revisionOf(model, environment) + (environment.tagged ? ` (tag on ${environment.branch})` : ''),
      approvalRequired ? 'yes' : 'no',
      retryLimit,
      syncWindow?.label ?? 'always',
    ];
  });
  const head = [
    'environment',
    'namespace',
    'cluster',
    'profile',
    'auto-sync',
    'follows',
    'approval',
    'retries',
    'window',
  ];
  const providers = Object.values(model.providers).map(
    (p): Row => [
      `**${p.name}**`,
      p.cluster,
      p.database.product,
      p.objectStore.product,
      p.storageClass,
      p.identity,
    ],
  );
  return [
    '# Environments and providers',
    `${table(head, rows)}`,
    `Windows are in ${model.settings.timeZone}. Each environment is a cluster of its own.`,
    table(['provider', 'cluster', 'database', 'object store', 'storage class', 'identity'], providers),
  ].join('\n\n');
}

function connectionsPage(model: Model): string {
  const ports = model.components.flatMap((component) =>
    Object.entries(component.ports).map(
      ([name, { number, protocol = 'TCP' }]): Row => [
        component.name,
        component.service?.name ?? '',
        name,
        number,
        protocol,
      ],
    ),
  );
  const arrows = model.connections.map(
    ({ from, to, port, why, unless }): Row => [
      from,
      to,
      port,
      unless ? `${why} (where ${unless} does not run)` : why,
    ],
  );
  const counts = model.environments.map((e): Row => [e.name, connectionsIn(model, e).length]);
  return [
    '# Ports and connections',
    'NetworkPolicies are made from the second table and nothing else; everything that is not in it is denied.',
    '## Ports',
    table(['component', 'service', 'port', 'number', 'protocol'], ports),
    '## Connections',
    table(['from', 'to', 'port', 'why'], arrows),
    '## How many there are in each environment',
    table(['environment', 'connections'], counts),
  ].join('\n\n');
}

function sizesOf(model: Model, environment: Environment): string {
  const running = componentsIn(model, environment).filter(
    ({ resources, place }) => resources && place === 'bank',
  );
  const rows = running.map((component: Component): Row => {
    const { cpuMillis, memoryMi } = podRequests(component, environment.profile);
    return [
      component.name,
      isJob(component) ? 'Job' : replicasIn(component, environment),
      cpus(cpuMillis),
      gi(memoryMi),
      component.storage ? `${component.storage.sizeGi} Gi` : '',
    ];
  });
  return table(['component', 'replicas', 'CPU each', 'memory each', 'storage'], rows);
}

function resourcesPage(model: Model): string {
  const profiles = Object.values(model.profiles);
  const rows = profiles.map((row): Row => [`**${row.name}**`, row.summary, ...totalsRow(row), row.reference]);
  const quotas = model.environments.map(
    (environment): Row => [
      environment.name,
      ...totalsRow(steadyTotals(model, environment)),
      ...totalsRow(peakTotals(model, environment)),
      ...totalsRow(environment.quota),
    ],
  );
  const details = profiles.map(
    ({ name, reference }) =>
      `### ${name}, as in ${reference}\n\n${sizesOf(model, environmentOf(model, reference))}`,
  );
  const images = Object.entries(model.images).map(
    ([name, { seen }]): Row => [`\`${imageReference(model, name)}\``, seen],
  );
  return [
    '# Resources and images',
    '## Profiles',
    table(['profile', 'for', 'CPU', 'memory', 'storage', 'counted in'], rows),
    `**${localProfile.name}**: ${localProfile.summary}`,
    'How the totals are counted: [decision 0104](../decisions/0104-how-profile-totals-are-counted.md).',
    ...details,
    '## Steady state, peak and quota',
    table(
      [
        'environment',
        'CPU',
        'memory',
        'storage',
        'peak CPU',
        'peak memory',
        'claims',
        'quota CPU',
        'quota memory',
        'quota storage',
      ],
      quotas,
    ),
    '## Images',
    table(['image', 'where it comes from, or where its tag was seen'], images),
  ].join('\n\n');
}

/** The generated pages by file name. */
export const renderDocs = (model: Model): ReadonlyMap<string, string> =>
  new Map([
    ['alerts.md', alertsPage(model)],
    ['architecture.md', architecturePage(model)],
    ['costs.md', costsPage(model)],
    ['environments.md', environmentsPage(model)],
    ['connections.md', connectionsPage(model)],
    ['resources.md', resourcesPage(model)],
  ]);
