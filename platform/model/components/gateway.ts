import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';
import { redisEnv } from './fineract-shared.ts';

const size = { cpuMillis: 250, memoryMi: 512 };

export const gateway = defineComponent({
  name: 'gateway',
  summary: 'Login, session, token check and routing by method; also serves the console',
  box: 'OAuth2 Proxy',
  layer: 'edge',
  place: 'bank',
  workload: { kind: 'deployment' },
  wave: 6,
  image: 'gateway',
  ports: { http: { number: 8080 } },
  service: { name: 'oauth2-proxy-service', ports: ['http'] },
  metrics: { port: 'http', path: '/metrics' },
  probes: {
    live: { path: '/healthz/live', port: 'http' },
    ready: { path: '/healthz/ready', port: 'http' },
    startSeconds: 60,
  },
  env: [
    { name: 'GATEWAY_HOST', value: '0.0.0.0' },
    { name: 'GATEWAY_PORT', value: '8080' },
    { name: 'GATEWAY_PUBLIC_URL', config: 'public-url' },
    { name: 'GATEWAY_READ_URL', value: 'http://fineract-read-service:8080' },
    { name: 'GATEWAY_WRITE_URL', value: 'http://fineract-write-service:8080' },
    { name: 'GATEWAY_BATCH_URL', value: 'http://fineract-batch-service:8080' },
    { name: 'GATEWAY_CONSOLE_DIR', value: '/srv/console' },
    { name: 'OIDC_ISSUER', config: 'oidc-issuer' },
    { name: 'OIDC_CLIENT_ID', value: 'fineract-gateway' },
    { name: 'OIDC_CLIENT_SECRET', secret: secret('oidc-clients', 'gateway') },
    { name: 'OIDC_AUDIENCE', config: 'oidc-audience' },
    { name: 'OIDC_JWKS_URL', config: 'oidc-jwks-url' },
    // Only the ingress controller reaches the gateway (network policy), from some private address.
    { name: 'GATEWAY_TRUSTED_PROXIES', value: '10.0.0.0/8' },
    { name: 'SESSION_SECRET', secret: secret('gateway-session', 'secret') },
    ...redisEnv,
    { name: 'LOG_LEVEL', config: 'log-level' },
  ],
  mounts: [
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 },
    { kind: 'scratch', name: 'console', path: '/srv/console', sizeMi: 64 },
  ],
  extra: [
    {
      name: 'console',
      image: 'console',
      role: 'init',
      command: ['cp', '-R', '/console/.', '/srv/console/'],
      mounts: [{ kind: 'scratch', name: 'console', path: '/srv/console', sizeMi: 64 }],
      resources: { cpuMillis: 50, memoryMi: 64 },
    },
  ],
  replicas: { dev: 1, uat: 1, production: 2 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-critical',
  hosts: [''],
});

export const gatewayConnections = [
  connect('gateway', 'keycloak', 'http', 'tokens and keys'),
  connect(
    'gateway',
    'nginx-ingress',
    'https',
    'discovery at the public issuer: one issuer string everywhere',
  ),
  connect('gateway', 'nginx-gateway', 'https', 'discovery at the public issuer, by the Gateway API'),
  connect('gateway', 'fineract-read', 'http', 'GET requests'),
  connect('gateway', 'fineract-write', 'http', 'POST, PUT and DELETE requests'),
  connect('gateway', 'fineract-batch', 'http', 'job commands'),
  connect('gateway', 'redis', 'redis', 'sessions'),
];
