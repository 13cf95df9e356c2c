/** What an alert is: when it fires, what it means, and what the person who is woken does first. */

import type { Engine } from '../../model/types.ts';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold, as Prometheus writes durations. */
  readonly for: string;
  /** `critical` wakes somebody; `warning` waits for the morning. */
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly action: string;
}

/** A query that is worked out once and then read by dashboards and alerts; named `level:metric:operations`. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
}

export interface RuleGroup {
  readonly name: string;
  readonly about: string;
  /** Only where this engine answers; every engine when absent. */
  readonly engine?: Engine;
  readonly recordings?: readonly Recording[];
  readonly alerts: readonly Alert[];
}
