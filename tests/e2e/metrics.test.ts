/** The table of exported metrics is what the running bank exports: names, kinds and labels, both ways. */
import {
  checkQueries,
  type ExportedMetric,
  queriesOf,
  seriesOf,
  services,
} from '@fineract-gitops/platform/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningBank, removeDataDirectory, startBank } from '../support/running-bank.ts';

/** What the process of a component runs as on one machine; user sync is not part of the bank on one machine. */
const instances = {
  'fineract-read': 'read',
  'fineract-write': 'write',
  'fineract-batch': 'batch',
  gateway: 'gateway',
};

interface Scraped {
  readonly kinds: ReadonlyMap<string, string>;
  /** Labels seen on samples, by series. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
}

async function scrape(url: string): Promise<Scraped> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status, url).toBe(200);
  const kinds = new Map<string, string>();
  const labels = new Map<string, ReadonlySet<string>>();
  for (const line of (await response.text()).split('\n')) {
    const [, name, kind] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
    if (name && kind) kinds.set(name, kind);
    const [, series = '', text = ''] = /^([a-z_]+)\{(.*)\} /.exec(line) ?? [];
    if (series)
      labels.set(series, new Set([...text.matchAll(/([a-z_]+)="/g)].map(([, label]) => label ?? '')));
  }
  return { kinds, labels };
}

describe('the metrics of the running bank', () => {
  let bank: RunningBank;
  const scraped = new Map<string, Scraped>();
  beforeAll(async () => {
    bank = await startBank();
    for (const path of ['/', '/api/v1/clients'])
      await fetch(bank.urls['gateway'] + path, { redirect: 'manual' });
    for (const [component, process] of Object.entries(instances)) {
      scraped.set(component, await scrape(bank.urls[process] ?? ''));
    }
  });
  afterAll(async () => {
    await bank?.stop();
    if (bank) removeDataDirectory(bank.directory);
  });

  const exporters = services.filter(({ components }) => components.some((name) => name in instances));
  const kindsOf = (components: readonly string[]): ReadonlyMap<string, string> =>
    new Map(components.flatMap((name) => [...(scraped.get(name)?.kinds ?? [])]));

  test.each(exporters.map((each) => [each.source, each] as const))(
    '%s exports what the table says',
    (_source, each) => {
      const kinds = kindsOf(each.components);
      const expected = each.metrics.map(({ name, kind }): [string, string] => [name, kind]);
      expect(expected.filter(([name, kind]) => kinds.get(name) !== kind)).toEqual([]);
    },
  );

  test.each(exporters.map((each) => [each.source, each] as const))(
    'the table has all that is its own',
    (_source, each) => {
      const known = new Set(each.metrics.map(({ name }) => name));
      const own = [...kindsOf(each.components).keys()].filter((name) =>
        /^(fineract|gateway|http)_/.test(name),
      );
      expect(own.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  test('labels are the ones of the table', () => {
    const wrong: string[] = [];
    const compare = (component: string, metric: ExportedMetric): void => {
      for (const series of seriesOf(metric)) {
        const seen = scraped.get(component)?.labels.get(series);
        const unknown = [...(seen ?? [])].filter(
          (label) => !['service', 'le', ...(metric.labels ?? [])].includes(label),
        );
        if (unknown.length > 0) wrong.push(`${component}: ${series} has ${unknown.join(', ')}`);
      }
    };
    for (const { components, metrics } of exporters)
      for (const component of components) for (const metric of metrics) compare(component, metric);
    expect(wrong).toEqual([]);
    expect(scraped.get('gateway')?.labels.get('http_server_request_duration_seconds_count')).toEqual(
      new Set(['service', 'method', 'route', 'status_code']),
    );
  });

  test('every query of dashboards and alerts that asks for ours has an exporter', () => {
    expect(checkQueries({ engine: 'fineract-ts' }, queriesOf({ engine: 'fineract-ts' }))).toEqual([]);
  });
});
