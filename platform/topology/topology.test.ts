import { describe, expect, test } from 'vitest';
import { connectionsIn, createModel, environmentOf, reachableIn } from '../model/model.ts';
import { topologyOf } from './graph.ts';
import { toMermaid } from './mermaid.ts';
import { toSvg } from './svg.ts';

const model = createModel();
const names = model.environments.map(({ name }) => name);

describe.each(names)('the drawing of %s', (name) => {
  const environment = environmentOf(model, name);
  const topology = topologyOf(model, environment);
  const boxes = topology.groups.flatMap((group) => group.boxes.map((box) => box.name));

  test('has a box for everything that is there', () => {
    const there = model.components.filter((component) => reachableIn(model, component, environment));
    expect([...boxes].sort()).toEqual(there.map((component) => component.name).sort());
  });

  test('has an arrow for every connection, and no other', () => {
    const drawn = topology.arrows.map(({ from, to }) => `${from} ${to}`);
    const real = connectionsIn(model, environment).map(({ from, to }) => `${from} ${to}`);
    expect([...drawn].sort()).toEqual([...new Set(real)].sort());
    const ports = topology.arrows.reduce((sum, arrow) => sum + arrow.ports.length, 0);
    expect(ports).toBe(real.length);
  });

  test('is the same graph in SVG', async () => {
    const svg = await toSvg(topology);
    expect(svg).toMatch(/^<\?xml[\s\S]*<svg [\s\S]*<\/svg>\s*$/);
    const count = (kind: string): number => svg.split(`class="${kind}"`).length - 1;
    expect(count('node')).toBe(boxes.length);
    expect(count('edge')).toBe(topology.arrows.length);
    expect(count('cluster')).toBe(topology.groups.length);
  });

  test('is the same graph in Mermaid', () => {
    const lines = toMermaid(topology).split('\n');
    expect(lines[0]).toBe('graph TB');
    expect(lines.filter((line) => line.includes('-->') || line.includes('.->'))).toHaveLength(
      topology.arrows.length,
    );
    expect(lines.filter((line) => /^ {4}c_/.test(line))).toHaveLength(boxes.length);
    expect(lines.filter((line) => line === '  end')).toHaveLength(topology.groups.length);
  });
});

test('production shows the sizes of the source’s diagram', () => {
  const topology = topologyOf(model, environmentOf(model, 'production'));
  const details = Object.fromEntries(
    topology.groups.flatMap(({ boxes }) => boxes.map(({ name, detail }) => [name, detail])),
  );
  expect(details).toMatchObject({
    'fineract-read': '3 replicas',
    'fineract-write': '2 replicas',
    'fineract-batch': '3 replicas',
    postgresql: '3 replicas, 100 GB each',
    redis: '1 replica, 10 GB',
    prometheus: '1 replica, 50 GB',
    loki: '1 replica, 30 GB',
    'apply-interest': '0 2 * * *',
    'pg-backup': '0 3 * * *',
  });
});

test('a managed database is drawn as what it is', () => {
  const topology = topologyOf(model, environmentOf(model, 'production-gcp'));
  const database = topology.groups.flatMap(({ boxes }) => boxes).find(({ name }) => name === 'postgresql');
  expect(database).toMatchObject({ kind: 'data', detail: 'Cloud SQL for PostgreSQL 15 HA' });
});

test('quotes in a summary do not break the drawing', async () => {
  const odd = createModel({
    components: model.components.map((c) =>
      c.name === 'mail' ? { ...c, summary: 'a "relay" <b> & more' } : c,
    ),
  });
  const topology = topologyOf(odd, environmentOf(odd, 'dev'));
  expect(toMermaid(topology)).toContain('a &quot;relay&quot; <b> & more');
  expect(await toSvg(topology)).toContain('&quot;relay&quot; &lt;b&gt; &amp; more');
});
