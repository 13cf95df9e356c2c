/** What a drawing of an environment shows: boxes by layer, and one arrow per pair of boxes that talk. */

import type { Environment } from '../model/environments.ts';
import {
  connectionsIn,
  isManagedDatabase,
  type Model,
  providerOf,
  reachableIn,
  replicasIn,
} from '../model/model.ts';
import type { Component, Layer } from '../model/types.ts';

export interface Box {
  readonly name: string;
  /** The source's name of the box where it has one of its own, else the component's. */
  readonly title: string;
  readonly detail: string;
  readonly kind: 'program' | 'data' | 'job' | 'outside';
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly number[];
  readonly whys: readonly string[];
  /** Of monitoring: drawn lightly, for every box has one. */
  readonly watching: boolean;
}

export interface Group {
  readonly layer: Layer;
  readonly title: string;
  readonly boxes: readonly Box[];
}

export interface Topology {
  readonly environment: string;
  readonly groups: readonly Group[];
  readonly arrows: readonly Arrow[];
}

/** The source's names of the layers, in the order of its drawing. */
const layerTitles: Readonly<Record<Layer, string>> = {
  people: 'People',
  edge: 'Ingress and gateway',
  identity: 'Identity',
  core: 'Fineract core banking',
  data: 'Data',
  integration: 'Integration',
  monitoring: 'Observability',
  cluster: 'Cluster services',
};

function kindOf({ workload, place, layer, storage }: Component): Box['kind'] {
  if (workload.kind === 'outside' && place === 'outside') return 'outside';
  if (workload.kind === 'job' || workload.kind === 'cronjob') return 'job';
  return storage && layer === 'data' ? 'data' : 'program';
}

function detailOf(model: Model, component: Component, environment: Environment): string {
  const { workload, storage, summary } = component;
  if (isManagedDatabase(model, component, environment))
    return providerOf(model, environment.provider).database.product;
  if (workload.kind === 'cronjob') return workload.schedule;
  if (workload.kind === 'job') return 'once per change';
  if (workload.kind === 'files') return `carried by ${workload.carriedBy}`;
  if (workload.kind === 'daemonset') return 'on every node';
  if (workload.kind === 'outside' || workload.kind === 'chart') return summary;
  const copies = replicasIn(component, environment);
  const disk = storage ? `, ${storage.sizeGi} GB${copies > 1 ? ' each' : ''}` : '';
  return `${copies} ${copies === 1 ? 'replica' : 'replicas'}${disk}`;
}

function titleOf({ name, box }: Component, there: readonly Component[]): string {
  const shared = there.filter((other) => other.box === box).length > 1;
  return box === undefined || shared || box.includes(', ') ? name : box;
}

/** The drawing of one environment. */
export function topologyOf(model: Model, environment: Environment): Topology {
  const there = model.components.filter((component) => reachableIn(model, component, environment));
  const boxOf = (component: Component): Box => ({
    name: component.name,
    title: titleOf(component, there),
    detail: detailOf(model, component, environment),
    kind: isManagedDatabase(model, component, environment) ? 'data' : kindOf(component),
  });
  const layers = Object.entries(layerTitles) as [Layer, string][];
  const groups = layers.map(([layer, title]) => ({
    layer,
    title,
    boxes: there.filter((component) => component.layer === layer).map(boxOf),
  }));
  return {
    environment: environment.name,
    groups: groups.filter(({ boxes }) => boxes.length > 0),
    arrows: arrowsOf(model, environment),
  };
}

function arrowsOf(model: Model, environment: Environment): readonly Arrow[] {
  const components = new Map(model.components.map((component) => [component.name, component]));
  const arrows = new Map<string, Arrow>();
  for (const { from, to, port, why } of connectionsIn(model, environment)) {
    const key = `${from} ${to}`;
    const before = arrows.get(key);
    const number = components.get(to)?.ports[port]?.number ?? 0;
    arrows.set(key, {
      from,
      to,
      ports: [...(before?.ports ?? []), number],
      whys: [...(before?.whys ?? []), why],
      watching: components.get(from)?.layer === 'monitoring',
    });
  }
  return [...arrows.values()];
}
