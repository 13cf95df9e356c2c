import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../disk.ts';
import { dashboardNames } from '../model/components/monitoring.ts';
import { createModel } from '../model/model.ts';
import type { Engine } from '../model/types.ts';
import { renderTree } from '../render/index.ts';
import { ruleGroups } from './alerts/index.ts';
import { checkQueries, queriesOf } from './check.ts';
import { dashboards, grafanaJson } from './dashboards/index.ts';
import { exporters, services } from './exported.ts';
import { selectorsOf } from './promql.ts';

const model = createModel();
const inputs = readInputs(join(import.meta.dirname, '../../deploy'));
const engines: readonly Engine[] = ['fineract-ts', 'apache-fineract'];

describe.each(engines)('with the engine %s', (engine) => {
  test('every query asks for what is exported', () => {
    expect(queriesOf({ engine }).length).toBeGreaterThan(100);
    expect(checkQueries({ engine })).toEqual([]);
  });

  test('the analyses of a release ask for what is exported', () => {
    const queries = [...renderTree(model, inputs).values()].flatMap(({ path, value }) =>
      [...JSON.stringify(value).matchAll(/"query":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => ({
        path,
        expr: JSON.parse(`"${text}"`) as string,
      })),
    );
    expect(queries.length).toBeGreaterThan(1);
    expect(checkQueries({ engine: 'fineract-ts' }, queries)).toEqual([]);
  });
});

describe('a query is refused in one sentence', () => {
  const refusal = (expr: string): string | undefined =>
    checkQueries(model, [{ path: 'here', expr }])[0]?.sentence;
  test.each([
    ['rate(fineract_comands_total[5m])', 'Nothing exports "fineract_comands_total"'],
    [
      'http_server_request_duration_seconds{job="x"}',
      'Nothing exports "http_server_request_duration_seconds"',
    ],
    ['fineract_commands_total{status="done"}', '"fineract_commands_total" has no label "status"'],
    ['sum by (job_name) (rate(fineract_job_runs_total[5m]))', 'groups by "job_name"'],
    ['sum by (exported_job) (rate(fineract_job_runs_total[5m]))', undefined],
    ['fineract_job_runs_total{job="x"} unless redis_up', undefined],
    ['sum(rate(redis_up[5m])', 'is not PromQL at character'],
    ['{job="gateway"}', 'selects without a name'],
  ])('%s', (expr, sentence) => {
    if (sentence === undefined) expect(refusal(expr)).toBeUndefined();
    else expect(refusal(expr)).toContain(sentence);
  });
});

test('a job’s own label "job" is asked for as exported_job', () => {
  const own = queriesOf(model).flatMap(({ path, expr }) =>
    selectorsOf(expr)
      .filter(({ metric, labels }) => metric.startsWith('fineract_job_') && labels.includes('job'))
      .map(() => path),
  );
  expect(own).toEqual([]);
});

test('a dashboard for each name of the model, each with an id and a data source of its own choice', () => {
  const all = dashboards(model);
  expect(all.map(({ name }) => name).sort()).toEqual([...dashboardNames].sort());
  const json = all.map(grafanaJson);
  expect(new Set(json.map(({ uid }) => uid)).size).toBe(json.length);
  for (const { panels = [], templating } of json) {
    expect(templating?.list?.map(({ name, type }) => [name, type])).toEqual([['datasource', 'datasource']]);
    const sources = panels.flatMap((panel) => ('targets' in panel ? [panel.datasource?.uid] : []));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own placeholder.
    expect(new Set(sources)).toEqual(new Set(['${datasource}']));
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  }
});

test('alerts have names of their own, and say what to do', () => {
  const alerts = ruleGroups(model).flatMap((group) => group.alerts);
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { action, summary } of alerts) {
    expect(action.length).toBeGreaterThan(30);
    expect(summary).not.toMatch(/\.$/);
  }
});

test('every component that is scraped says where its metrics are known from', () => {
  const known = new Set([...services, ...exporters].flatMap(({ components }) => components));
  const scraped = model.components.filter(({ metrics }) => metrics).map(({ name }) => name);
  expect(scraped.filter((name) => !known.has(name))).toEqual([]);
});
