/** The way in: what comes back from the core, and whether people get in at all. */

import type { RuleGroup } from './group.ts';

const upstream = 'gateway_upstream_request_duration_seconds';

export const gateway: RuleGroup = {
  name: 'gateway',
  about: 'Sign-in and forwarding at the gateway',
  alerts: [
    {
      alert: 'UpstreamFails',
      expr:
        `sum by (namespace, upstream) (rate(${upstream}_count{status_code=~"5.."}[5m]))` +
        ` / sum by (namespace, upstream) (rate(${upstream}_count[5m])) > 0.01`,
      for: '5m',
      severity: 'critical',
      summary:
        'The {{ $labels.upstream }} instances fail {{ $value | humanizePercentage }} of what the gateway sends',
      action: 'See which pods are ready; a write instance that restarts answers again within seconds.',
    },
    {
      alert: 'UpstreamSlow',
      expr: `histogram_quantile(0.95, sum by (namespace, upstream, le) (rate(${upstream}_bucket[5m]))) > 2`,
      for: '10m',
      severity: 'warning',
      summary:
        'One request in twenty to {{ $labels.upstream }} takes more than {{ $value | humanizeDuration }}',
      action: 'Compare with the API dashboard: the difference is the network, the rest the instance.',
    },
    {
      alert: 'SignInsDoNotComeBack',
      expr:
        'sum by (namespace) (rate(gateway_logins_total{outcome!="success"}[15m]))' +
        ' / sum by (namespace) (rate(gateway_logins_total[15m])) > 0.5',
      for: '10m',
      severity: 'critical',
      summary: '{{ $value | humanizePercentage }} of the sign-ins end in an error page',
      action:
        'Compare the client secret of the gateway with the realm’s, the issuer with the public login host, and the clocks.',
    },
  ],
};
