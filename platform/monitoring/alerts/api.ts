/**
 * The promise of the API: of a thousand requests at most one fails (measured over thirty days), and 95 of 100 are
 * answered within a second. The error budget is watched by its burn rate over a long and a short window together, so
 * that an alert is early for a sharp failure, late for a slow one, and over soon after the failure is.
 */

import type { Engine } from '../../model/types.ts';
import type { Recording, RuleGroup } from './group.ts';

const errorBudget = 0.001;

/** How a program counts its requests. */
interface Counted {
  readonly jobs: string;
  readonly metric: string;
  readonly status: string;
}

const ours = (jobs: string): Counted => ({
  jobs: `job=~"${jobs}"`,
  metric: 'http_server_request_duration_seconds',
  status: 'status_code',
});
const spring: Counted = {
  jobs: 'job=~"fineract-.+"',
  metric: 'http_server_requests_seconds',
  status: 'status',
};

const anyOf = (counted: readonly Counted[], expr: (each: Counted) => string): string =>
  counted.map(expr).join(' or ');

/** The same records whoever counts, so that alerts and dashboards need not know the engine. */
const recordingsOf = (counted: readonly Counted[]): readonly Recording[] => [
  {
    record: 'job:http_requests:rate5m',
    expr: anyOf(
      counted,
      ({ metric, jobs }) => `sum by (namespace, job) (rate(${metric}_count{${jobs}}[5m]))`,
    ),
  },
  ...['5m', '30m', '1h', '6h'].map((window) => ({
    record: `job:http_errors:ratio_rate${window}`,
    expr: anyOf(
      counted,
      ({ metric, jobs, status }) =>
        `sum by (namespace, job) (rate(${metric}_count{${jobs},${status}=~"5.."}[${window}]))` +
        ` / sum by (namespace, job) (rate(${metric}_count{${jobs}}[${window}]))`,
    ),
  })),
  {
    record: 'job:http_request_duration_seconds:p95_5m',
    expr: anyOf(
      counted,
      ({ metric, jobs }) =>
        `histogram_quantile(0.95, sum by (namespace, job, le) (rate(${metric}_bucket{${jobs}}[5m])))`,
    ),
  },
];

const burns = (factor: number, long: string, short: string): string => {
  const limit = Number((factor * errorBudget).toFixed(4));
  return `job:http_errors:ratio_rate${long} > ${limit} and job:http_errors:ratio_rate${short} > ${limit}`;
};

export const api = (engine: Engine): RuleGroup => ({
  name: 'api',
  about: 'Requests of the gateway, the core and user sync',
  recordings:
    engine === 'fineract-ts'
      ? recordingsOf([ours('gateway|user-sync|fineract-.+')])
      : recordingsOf([ours('gateway|user-sync'), spring]),
  alerts: [
    {
      alert: 'ApiErrorsBurnBudgetFast',
      expr: burns(14.4, '1h', '5m'),
      for: '2m',
      severity: 'critical',
      summary: '{{ $labels.job }} fails {{ $value | humanizePercentage }} of its requests',
      action:
        'Look at the errors by route on the API dashboard and at the logs of the job; if a release is under way, abort its rollout.',
    },
    {
      alert: 'ApiErrorsBurnBudgetSlowly',
      expr: burns(6, '6h', '30m'),
      for: '15m',
      severity: 'warning',
      summary: '{{ $labels.job }} has failed {{ $value | humanizePercentage }} of its requests for hours',
      action:
        'Find the route that fails on the API dashboard; the budget of the month is used up in five days.',
    },
    {
      alert: 'ApiSlow',
      expr: 'job:http_request_duration_seconds:p95_5m > 1',
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.job }} takes {{ $value | humanizeDuration }} for one request in twenty',
      action:
        'Compare with the PostgreSQL dashboard (waiting for locks, long transactions) and with the cache hits of the Bank dashboard.',
    },
  ],
});
