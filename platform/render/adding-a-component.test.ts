/** Does exactly the walk of docs/platform/adding-a-component.md, with the code that stands there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { estimate } from '../cost/index.ts';
import { readInputs } from '../disk.ts';
import { buildFolder } from '../kustomize/build.ts';
import { connectionsIn, createModel, environmentOf, steadyTotals } from '../model/model.ts';
import type { Component, Connection } from '../model/types.ts';
import { checkQueries } from '../monitoring/index.ts';
import { toMermaid, topologyOf, toSvg } from '../topology/index.ts';
import { renderDocs } from './docs.ts';
import { InvalidModel, renderTree } from './index.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/platform/adding-a-component.md'), 'utf8');
const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
const folder = mkdtempSync(join(tmpdir(), 'fineract-walk-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The page's file, as it would stand in the folder of components. */
async function describedOnThePage(): Promise<Component> {
  const file = join(folder, 'cheque-printer.ts');
  writeFileSync(file, (blocks[0] ?? '').replaceAll("'../", `'${join(root, 'platform/model')}/`));
  return ((await import(file)) as { chequePrinter: Component }).chequePrinter;
}

/** The page's arrows, read rather than run: the compiler only takes them once the component is listed. */
const arrows: readonly Connection[] = [
  ...(blocks[1] ?? '').matchAll(/connect\('(.+)', '(.+)', '(.+)', '(.+)'\)/g),
].map(([, from = '', to = '', port = '', why = '']) => ({ from, to, port, why }));

describe('a component added as the page says', async () => {
  const component = await describedOnThePage();
  const standard = createModel();
  const added = {
    components: [...standard.components, component],
    connections: [...standard.connections, ...arrows],
  };
  const inputs = readInputs(join(root, 'deploy'));

  test('is refused while the profile does not add up, in one sentence', () => {
    expect(() => renderTree(createModel(added), inputs)).toThrow(InvalidModel);
    expect(() => renderTree(createModel(added), inputs)).toThrow(
      /profiles.ts \(full\): The components of "production" add up to 14.7 CPU, .* the table says 14.5 CPU/,
    );
  });

  const profiles = structuredClone(standard.profiles);
  const full = profiles['full']!;
  const model = createModel({
    ...added,
    profiles: {
      ...profiles,
      full: { ...full, cpuMillis: full.cpuMillis + 200, memoryMi: full.memoryMi + 512 },
    },
  });
  const tree = renderTree(model, inputs);
  const kinds = (environment: string): string[] =>
    buildFolder(tree, `environments/${environment}/bank`)
      .filter(({ metadata }) => metadata?.name?.startsWith('cheque-printer'))
      .map(({ kind }) => kind)
      .sort();

  test('is rendered, guarded and scraped where its profile runs it', () => {
    const everything = [
      'Deployment',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
      'ServiceMonitor',
    ];
    expect(kinds('production')).toEqual(everything);
    expect(kinds('production-gcp')).toEqual(everything);
    expect(kinds('dev')).toEqual([]);
  });

  test('is let through the network by its arrows alone', () => {
    const policy = tree.get('environments/production/bank/network-policies/cheque-printer.yaml')?.value;
    expect(JSON.stringify(policy)).toContain('fineract-write');
    expect(JSON.stringify(policy)).toContain('prometheus');
    expect(JSON.stringify(policy)).not.toContain('postgresql');
    const links = connectionsIn(model, environmentOf(model, 'production'));
    expect(links.filter(({ from, to }) => [from, to].includes('cheque-printer'))).toHaveLength(2);
  });

  test('its metrics may be asked for once the table of monitoring names them', () => {
    const asked = { path: 'here', expr: 'up{job="cheque-printer"} == 0' };
    expect(checkQueries(model, [asked])).toEqual([]);
    expect(checkQueries(model, [{ ...asked, expr: 'cheques_printed_total' }])[0]?.sentence).toContain(
      'exported.ts',
    );
  });

  test('is watched: the alerts on every scraped pod are about it too', () => {
    const monitor = tree.get('apps/cheque-printer/base/service-monitor.yaml')?.value as { spec: object };
    expect(JSON.stringify(monitor.spec)).toContain('app.kubernetes.io/name');
    const rules = JSON.stringify(
      tree.get('apps/prometheus/base/prometheus-rule-fineract-targets.yaml')?.value,
    );
    expect(rules).toContain('TargetDown');
  });

  test('is costed: what it needs is in the estimate', () => {
    const production = environmentOf(model, 'production-gcp');
    const big = createModel({
      ...added,
      components: added.components.map((c) =>
        c.name === 'cheque-printer' ? { ...c, resources: { full: { cpuMillis: 4_000, memoryMi: 512 } } } : c,
      ),
    });
    const dollars = (of: typeof model): number => estimate(of, production).totalUsd;
    expect(dollars(model)).toBeGreaterThanOrEqual(dollars(standard));
    expect(dollars(big)).toBeGreaterThan(dollars(standard));
  });

  test('is drawn, with its arrows', async () => {
    const topology = topologyOf(model, environmentOf(model, 'production'));
    expect(toMermaid(topology)).toContain('c_cheque_printer["cheque-printer<br/>2 replicas"]');
    expect(toMermaid(topology)).toContain('c_cheque_printer -->|8080| c_fineract_write');
    expect(await toSvg(topology)).toContain('<title>cheque&#45;printer</title>');
    expect(renderDocs(model).get('architecture.md')).toContain('Prints cheques');
    expect(renderDocs(model).get('connections.md')).toContain('asks for the cheques to print');
  });

  test('is counted', () => {
    expect(steadyTotals(model, environmentOf(model, 'production')).cpuMillis).toBe(14_700);
  });
});
