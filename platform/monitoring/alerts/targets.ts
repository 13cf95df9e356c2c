/** Is everything that should be scraped there, and does it stay up? */

import type { RuleGroup } from './group.ts';

const vital = ['gateway', 'fineract-read', 'fineract-write', 'fineract-batch', 'keycloak'];

export const targets: RuleGroup = {
  name: 'targets',
  about: 'Every scraped pod',
  alerts: [
    {
      alert: 'TargetDown',
      expr: 'up == 0',
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.job }} in {{ $labels.pod }} does not answer the scrape',
      action: 'Look at the pod: not ready, gone, or cut off by a network policy.',
    },
    {
      alert: 'ServiceDown',
      expr: 'sum by (namespace, job) (up) == 0',
      for: '1m',
      severity: 'critical',
      summary: 'No instance of {{ $labels.job }} is up',
      action: 'Look at its Rollout or Deployment and at its last release.',
    },
    {
      alert: 'ServiceGone',
      expr: vital.map((name) => `absent(up{job="${name}"})`).join(' or '),
      for: '10m',
      severity: 'critical',
      summary: 'Nothing of {{ $labels.job }} is scraped',
      action:
        'Its pods or its ServiceMonitor are gone. An environment that sleeps at night is silent while it sleeps.',
    },
    {
      alert: 'RestartsOften',
      expr: 'sum by (namespace, job, pod) (changes(process_start_time_seconds[30m])) > 3',
      for: '0m',
      severity: 'warning',
      summary: '{{ $labels.pod }} restarted {{ $value }} times in half an hour',
      action:
        '`kubectl describe pod` names the reason; out of memory means that its resources in the model are too small.',
    },
    {
      alert: 'ProcessBlocked',
      expr: 'max by (namespace, job, pod) (nodejs_eventloop_lag_p99_seconds) > 0.5',
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.pod }} is blocked for {{ $value | humanizeDuration }} at a time',
      action: 'It is short of CPU or works on something large in one piece; see the API dashboard.',
    },
  ],
};
