/** A dashboard as a short table of what to show; `grafana.ts` turns it into Grafana's JSON. */

import type { DashboardName } from '../../model/components/monitoring.ts';
import type { Engine } from '../../model/types.ts';

/** Grafana's ids of the units that we use. */
export type Unit =
  | 'short'
  | 'percentunit'
  | 's'
  | 'bytes'
  | 'reqps'
  | 'ops'
  | 'cps'
  | 'dateTimeFromNow'
  | 'bool_on_off';

export interface Query {
  readonly expr: string;
  /** Name of each line; `{{label}}` stands for a label's value. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Numbers of this moment; lines over time when absent. */
  readonly now?: true;
  readonly about?: string;
}

export interface Row {
  readonly title: string;
  /** Only where this engine answers; every engine when absent. */
  readonly engine?: Engine;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  readonly name: DashboardName;
  readonly title: string;
  readonly about: string;
  /** Only where this engine answers; every engine when absent. */
  readonly engine?: Engine;
  readonly rows: readonly Row[];
}

export const lines = (
  title: string,
  unit: Unit,
  ...queries: readonly (readonly [string, string])[]
): Panel => ({
  title,
  unit,
  queries: queries.map(([legend, expr]) => ({ legend, expr })),
});

export const number = (title: string, unit: Unit, expr: string): Panel => ({
  title,
  unit,
  queries: [{ expr, legend: title }],
  now: true,
});
