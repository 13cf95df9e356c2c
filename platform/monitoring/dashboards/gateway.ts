import { type Dashboard, lines, number } from './dashboard.ts';

const upstream = 'gateway_upstream_request_duration_seconds';

export const gateway: Dashboard = {
  name: 'gateway',
  title: 'Gateway',
  about: 'Sign-in, sessions, and what the gateway gets back from the core.',
  rows: [
    {
      title: 'Now',
      panels: [
        number('Sessions', 'short', 'sum(gateway_active_sessions)'),
        number('Sign-ins in an hour', 'short', 'sum(increase(gateway_logins_total{outcome="success"}[1h]))'),
        number(
          'Failed sign-ins in an hour',
          'short',
          'sum(increase(gateway_logins_total{outcome!="success"}[1h]))',
        ),
        number('Forwarded a second', 'reqps', `sum(rate(${upstream}_count[5m]))`),
      ],
    },
    {
      title: 'Forwarding',
      panels: [
        lines('By instance', 'reqps', [
          '{{upstream}}',
          `sum by (upstream) (rate(${upstream}_count[$__rate_interval]))`,
        ]),
        lines('Failed', 'reqps', [
          '{{upstream}} {{status_code}}',
          `sum by (upstream, status_code) (rate(${upstream}_count{status_code=~"5.."}[$__rate_interval]))`,
        ]),
        lines('95 of 100 answered within', 's', [
          '{{upstream}}',
          `histogram_quantile(0.95, sum by (upstream, le) (rate(${upstream}_bucket[$__rate_interval])))`,
        ]),
      ],
    },
    {
      title: 'People',
      panels: [
        lines('Sessions by gateway', 'short', ['{{pod}}', 'gateway_active_sessions']),
        lines('Sign-ins', 'cps', [
          '{{outcome}}',
          'sum by (outcome) (rate(gateway_logins_total[$__rate_interval]))',
        ]),
      ],
    },
  ],
};
