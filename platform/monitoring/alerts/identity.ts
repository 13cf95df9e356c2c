/** Keycloak: sign-ins, its own errors, its database. */

import type { RuleGroup } from './group.ts';

const failed = 'sum by (namespace) (rate(keycloak_user_events_total{event="login",error!=""}[15m]))';

export const identity: RuleGroup = {
  name: 'identity',
  about: 'Sign-in and its service',
  alerts: [
    {
      alert: 'SignInsRefused',
      expr:
        `${failed} / sum by (namespace) (rate(keycloak_user_events_total{event="login"}[15m])) > 0.5` +
        ` and ${failed} > 0.2`,
      for: '10m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the sign-ins are refused',
      action:
        'Many users at once: a broken client or realm change. One name at a time: somebody tries passwords; see the login events.',
    },
    {
      alert: 'IdentityErrors',
      expr:
        'sum by (namespace) (rate(http_server_requests_seconds_count{job="keycloak",outcome="SERVER_ERROR"}[5m]))' +
        ' / sum by (namespace) (rate(http_server_requests_seconds_count{job="keycloak"}[5m])) > 0.01',
      for: '5m',
      severity: 'critical',
      summary: 'Keycloak fails {{ $value | humanizePercentage }} of its requests',
      action: 'Read its log; its database and the rollout of its pods are the usual causes.',
    },
    {
      alert: 'IdentityWaitsForDatabase',
      expr: 'sum by (namespace) (agroal_awaiting_count{job="keycloak"}) > 5',
      for: '5m',
      severity: 'warning',
      summary: '{{ $value }} threads of Keycloak wait for a database connection',
      action: 'See the PostgreSQL dashboard; sign-ins are slow until it is mended.',
    },
  ],
};
