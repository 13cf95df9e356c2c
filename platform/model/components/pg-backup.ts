import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

const size = { cpuMillis: 100, memoryMi: 512, cpuLimitMillis: 1000, ephemeralMi: 100 };

export const pgBackup = defineComponent({
  name: 'pg-backup',
  summary:
    'Dumps the databases of bank and Keycloak each night to the off-cluster object store and prunes old dumps',
  layer: 'data',
  place: 'bank',
  workload: { kind: 'cronjob', schedule: '0 3 * * *', timeZone: 'Etc/UTC', deadlineSeconds: 7200 },
  wave: 7,
  image: 'tools',
  ports: {},
  command: ['node', 'cli/src/main.ts', 'backup', 'create'],
  args: ['--keep-days', '30'],
  env: [
    { name: 'BACKUP_DATABASE_URL', config: 'database-url' },
    { name: 'PGUSER', secret: secret('db-credentials', 'username') },
    { name: 'PGPASSWORD', secret: secret('db-credentials', 'password') },
    // Keycloak's database beside the bank's: a login restored without its bank, or the reverse, helps nobody.
    { name: 'BACKUP_IDENTITY_DATABASE_URL', config: 'keycloak-database-url' },
    { name: 'BACKUP_IDENTITY_USERNAME', secret: secret('keycloak-db-credentials', 'username') },
    { name: 'BACKUP_IDENTITY_PASSWORD', secret: secret('keycloak-db-credentials', 'password') },
    { name: 'BACKUP_URL', config: 'backup-url' },
  ],
  mounts: [
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 64 },
    { kind: 'secret', name: 'postgresql-ca', path: '/etc/postgresql-ca' },
  ],
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-batch',
  objectStoreAccess: true,
});

export const pgBackupConnections = [
  connect('pg-backup', 'postgresql', 'sql', 'dumps the databases'),
  connect('pg-backup', 'object-store', 'https', 'stores the dumps outside the cluster'),
];
