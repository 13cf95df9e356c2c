/** Holds every query of dashboards and alerts against what is exported: a misspelt name would be silent for ever. */

import type { Problem } from '../model/check.ts';
import type { Model } from '../model/model.ts';
import { ruleGroups } from './alerts/index.ts';
import { dashboards } from './dashboards/index.ts';
import { apacheCore, type ExportedMetric, exporters, services } from './exported.ts';
import { groupingLabelsOf, QueryError, type Selector, selectorsOf } from './promql.ts';

export interface PlacedQuery {
  /** Where it stands, for the person who mends it. */
  readonly path: string;
  readonly expr: string;
}

/** Every query of the rule groups and the dashboards. */
export function queriesOf(model: Pick<Model, 'engine'>): readonly PlacedQuery[] {
  const rules = ruleGroups(model).flatMap(({ name, recordings = [], alerts }) =>
    [
      ...recordings.map(({ record, expr }) => ({ title: record, expr })),
      ...alerts.map(({ alert, expr }) => ({ title: alert, expr })),
    ].map(({ title, expr }) => ({ path: `platform/monitoring/alerts/${name}.ts (${title})`, expr })),
  );
  const panels = dashboards(model).flatMap(({ name, rows }) =>
    rows
      .flatMap((row) => row.panels)
      .flatMap(({ title, queries }) =>
        queries.map(({ expr }) => ({ path: `platform/monitoring/dashboards/${name}.ts (${title})`, expr })),
      ),
  );
  return [...rules, ...panels];
}

/** Names that a metric has in queries. */
export function seriesOf({ name, kind }: ExportedMetric): readonly string[] {
  if (kind === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  if (kind === 'summary') return [name, `${name}_sum`, `${name}_count`];
  return [name];
}

/** Labels that the scrape adds. A label `job` of the metric's own is kept as `exported_job`. */
const scrapeLabels: ReadonlySet<string> = new Set([
  'job',
  'instance',
  'namespace',
  'pod',
  'container',
  'le',
  'rollouts_pod_template_hash',
]);

/** Own labels by series; absent labels are not known and not checked. */
type Known = ReadonlyMap<string, readonly string[] | undefined>;

function knownSeries(model: Pick<Model, 'engine'>): Known {
  const ours = services.filter(
    ({ components }) => model.engine === 'fineract-ts' || !components.includes('fineract-read'),
  );
  const running = [...ours, ...exporters, ...(model.engine === 'apache-fineract' ? [apacheCore] : [])];
  const known = new Map<string, readonly string[] | undefined>();
  for (const { metrics } of running) {
    for (const metric of metrics) {
      for (const series of seriesOf(metric)) {
        const before = known.get(series);
        const both = metric.labels && [...metric.labels, ...(before ?? [])];
        known.set(series, known.has(series) && !before ? undefined : both);
      }
    }
  }
  for (const { record } of ruleGroups(model).flatMap(({ recordings = [] }) => recordings))
    known.set(record, undefined);
  return known;
}

const ownLabels = (known: Known, metric: string): readonly string[] | undefined =>
  known.get(metric)?.map((label) => (label === 'job' ? 'exported_job' : label));

/** A label to group by that none of the metrics has makes one group of everything, without a word. */
function wrongGrouping(known: Known, expr: string, selectors: readonly Selector[]): string | undefined {
  const labels = selectors.map(({ metric }) => ownLabels(known, metric));
  if (labels.some((own) => own === undefined)) return undefined;
  const there = new Set(labels.flatMap((own) => own ?? []));
  const label = groupingLabelsOf(expr).find((each) => !scrapeLabels.has(each) && !there.has(each));
  return label && `It groups by "${label}", which none of its metrics has.`;
}

function wrong(known: Known, { metric, labels }: Selector): string | undefined {
  if (metric === '') return 'It selects without a name of a metric; name one.';
  if (!known.has(metric)) return `Nothing exports "${metric}"; see platform/monitoring/exported.ts.`;
  const own = ownLabels(known, metric);
  const label = own && labels.find((each) => !scrapeLabels.has(each) && !own.includes(each));
  return label && `"${metric}" has no label "${label}"; it has ${own.join(', ') || 'none of its own'}.`;
}

/** Problems of given queries; an empty list means that each can have an answer. */
export function checkQueries(
  model: Pick<Model, 'engine'>,
  queries: readonly PlacedQuery[] = queriesOf(model),
): readonly Problem[] {
  const known = knownSeries(model);
  return queries.flatMap(({ path, expr }) => {
    try {
      const selectors = selectorsOf(expr);
      const sentences = selectors.map((selector) => wrong(known, selector));
      return [...sentences, wrongGrouping(known, expr, selectors)].flatMap((sentence) =>
        sentence ? [{ path, sentence }] : [],
      );
    } catch (error) {
      if (error instanceof QueryError) return [{ path, sentence: error.message }];
      throw error;
    }
  });
}
