import { type Dashboard, lines, number } from './dashboard.ts';

export const identity: Dashboard = {
  name: 'identity',
  title: 'Identity',
  about: 'Keycloak: sign-ins, tokens, its requests and its database connections.',
  rows: [
    {
      title: 'Now',
      panels: [
        number(
          'Sign-ins in an hour',
          'short',
          'sum(increase(keycloak_user_events_total{event="login",error=""}[1h]))',
        ),
        number(
          'Refused sign-ins in an hour',
          'short',
          'sum(increase(keycloak_user_events_total{event="login",error!=""}[1h]))',
        ),
        number('Nodes up', 'short', 'sum(up{job="keycloak"})'),
        number('Threads that wait for a connection', 'short', 'sum(agroal_awaiting_count{job="keycloak"})'),
      ],
    },
    {
      title: 'Events',
      panels: [
        lines('Events', 'cps', [
          '{{event}}',
          'sum by (event) (rate(keycloak_user_events_total{error=""}[$__rate_interval]))',
        ]),
        lines('Refusals', 'cps', [
          '{{event}} {{error}}',
          'sum by (event, error) (rate(keycloak_user_events_total{error!=""}[$__rate_interval]))',
        ]),
      ],
    },
    {
      title: 'Server',
      panels: [
        lines('Requests', 'reqps', [
          '{{outcome}}',
          'sum by (outcome) (rate(http_server_requests_seconds_count{job="keycloak"}[$__rate_interval]))',
        ]),
        lines('Mean duration', 's', [
          '{{pod}}',
          'sum by (pod) (rate(http_server_requests_seconds_sum{job="keycloak"}[$__rate_interval])) / sum by (pod) (rate(http_server_requests_seconds_count{job="keycloak"}[$__rate_interval]))',
        ]),
        lines(
          'Database connections',
          'short',
          ['active', 'sum(agroal_active_count{job="keycloak"})'],
          ['free', 'sum(agroal_available_count{job="keycloak"})'],
        ),
        lines('Heap', 'bytes', [
          '{{pod}}',
          'sum by (pod) (jvm_memory_used_bytes{job="keycloak",area="heap"})',
        ]),
      ],
    },
  ],
};
