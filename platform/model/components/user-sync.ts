import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 100, memoryMi: 256 };

export const userSync = defineComponent({
  name: 'user-sync',
  summary: "Carries Fineract's users and password changes to Keycloak",
  box: 'User Sync Service',
  layer: 'identity',
  place: 'bank',
  workload: { kind: 'deployment' },
  wave: 5,
  image: 'user-sync',
  ports: { http: { number: 8080 } },
  service: { name: 'user-sync-service', ports: ['http'] },
  metrics: { port: 'http', path: '/metrics' },
  probes: {
    live: { path: '/healthz/live', port: 'http' },
    ready: { path: '/healthz/ready', port: 'http' },
    startSeconds: 60,
  },
  env: [
    { name: 'USER_SYNC_HOST', value: '0.0.0.0' },
    { name: 'USER_SYNC_PORT', value: '8080' },
    { name: 'USER_SYNC_TOKEN', secret: secret('user-sync-token', 'token') },
    { name: 'KEYCLOAK_URL', value: 'http://keycloak-service:8080' },
    { name: 'KEYCLOAK_REALM', value: 'fineract' },
    { name: 'OIDC_CLIENT_ID', value: 'fineract-user-sync' },
    { name: 'OIDC_CLIENT_SECRET', secret: secret('oidc-clients', 'user-sync') },
    { name: 'LOG_LEVEL', config: 'log-level' },
  ],
  mounts: [{ kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 }],
  replicas: { dev: 1, uat: 1, production: 2 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-standard',
});

export const userSyncConnections = [
  connect('user-sync', 'keycloak', 'http', 'creates users and sets passwords over the Admin API'),
];
