import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 550, memoryMi: 1792, cpuLimitMillis: 2000 };

/**
 * Keycloak 26: health and metrics on the management port 9000, cache nodes found through the database (jdbc-ping) and
 * joined on 7800, a full URL as the one public host name.
 */
export const keycloak = defineComponent({
  name: 'keycloak',
  summary: 'Single sign-on: OpenID Connect, password and WebAuthn second factor',
  box: 'Keycloak',
  layer: 'identity',
  place: 'bank',
  workload: { kind: 'statefulset' },
  wave: 3,
  image: 'keycloak',
  ports: {
    http: { number: 8080 },
    management: { number: 9000 },
    jgroups: { number: 7800 },
    'jgroups-fd': { number: 57800 },
  },
  service: { name: 'keycloak-service', ports: ['http', 'management'] },
  metrics: { port: 'management', path: '/metrics' },
  probes: {
    live: { path: '/health/live', port: 'management' },
    ready: { path: '/health/ready', port: 'management' },
    startSeconds: 300,
  },
  args: ['start', '--optimized'],
  env: [
    { name: 'KC_HOSTNAME', config: 'identity-url' },
    { name: 'KC_HOSTNAME_BACKCHANNEL_DYNAMIC', value: 'true' },
    { name: 'KC_PROXY_HEADERS', value: 'xforwarded' },
    { name: 'KC_HTTP_ENABLED', value: 'true' },
    { name: 'KC_HTTP_MANAGEMENT_SCHEME', value: 'http' },
    { name: 'KC_EVENT_METRICS_USER_ENABLED', value: 'true' },
    { name: 'KC_CACHE', value: 'ispn' },
    { name: 'KC_CACHE_STACK', value: 'jdbc-ping' },
    { name: 'KC_DB_URL', config: 'keycloak-database-url' },
    { name: 'KC_DB_USERNAME', secret: secret('keycloak-db-credentials', 'username') },
    { name: 'KC_DB_PASSWORD', secret: secret('keycloak-db-credentials', 'password') },
    { name: 'KC_BOOTSTRAP_ADMIN_USERNAME', secret: secret('keycloak-admin', 'username') },
    { name: 'KC_BOOTSTRAP_ADMIN_PASSWORD', secret: secret('keycloak-admin', 'password') },
    { name: 'KC_LOG_CONSOLE_OUTPUT', value: 'json' },
    { name: 'JAVA_OPTS_KC_HEAP', value: '-XX:MaxRAMPercentage=70 -XX:InitialRAMPercentage=50' },
  ],
  mounts: [
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 256 },
    { kind: 'scratch', name: 'data', path: '/opt/keycloak/data', sizeMi: 256 },
    { kind: 'secret', name: 'postgresql-ca', path: '/etc/postgresql-ca' },
  ],
  replicas: { dev: 1, uat: 1, production: 2 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-critical',
  hosts: ['login'],
  terminationGraceSeconds: 60,
});

export const keycloakConnections = [
  connect('keycloak', 'postgresql', 'sql', 'users, credentials and sessions'),
  connect('keycloak', 'keycloak', 'jgroups', 'replicates caches between its nodes'),
  connect('keycloak', 'keycloak', 'jgroups-fd', 'detects failed nodes'),
];
