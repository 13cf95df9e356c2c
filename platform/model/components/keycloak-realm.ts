import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 100, memoryMi: 512, cpuLimitMillis: 1000 };

/** keycloak-config-cli rather than Keycloak's own import: it also updates a realm that already exists. */
export const keycloakRealm = defineComponent({
  name: 'keycloak-realm',
  summary: 'Brings the realm to the state of realm-fineract.yaml at every sync',
  layer: 'identity',
  place: 'bank',
  workload: { kind: 'job', deadlineSeconds: 600 },
  wave: 4,
  image: 'keycloak-config-cli',
  ports: {},
  env: [
    { name: 'KEYCLOAK_URL', value: 'http://keycloak-service:8080' },
    { name: 'KEYCLOAK_USER', secret: secret('keycloak-admin', 'username') },
    { name: 'KEYCLOAK_PASSWORD', secret: secret('keycloak-admin', 'password') },
    { name: 'IMPORT_FILES_LOCATIONS', value: '/config/realm-fineract.yaml' },
    { name: 'IMPORT_VARSUBSTITUTION_ENABLED', value: 'true' },
    { name: 'IMPORT_VARSUBSTITUTION_PREFIX', value: '$' + '{' },
    { name: 'IMPORT_VARSUBSTITUTION_SUFFIX', value: '}' },
    { name: 'GATEWAY_PUBLIC_URL', config: 'public-url' },
    { name: 'GATEWAY_CLIENT_SECRET', secret: secret('oidc-clients', 'gateway') },
    { name: 'USER_SYNC_CLIENT_SECRET', secret: secret('oidc-clients', 'user-sync') },
  ],
  mounts: [
    { kind: 'config', name: 'keycloak-realm', path: '/config' },
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 },
  ],
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-batch',
});

export const keycloakRealmConnections = [
  connect('keycloak-realm', 'keycloak', 'http', 'updates the realm over the Admin API'),
];
