import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';
import { databaseEnv, fineractMounts, modeEnv } from './fineract-shared.ts';

const size = { cpuMillis: 150, memoryMi: 512, cpuLimitMillis: 1000 };

export const fineractMigration = defineComponent({
  name: 'fineract-migration',
  summary: 'Migrates every tenant database once per release, before any instance starts',
  layer: 'core',
  place: 'bank',
  workload: { kind: 'job', deadlineSeconds: 1800 },
  wave: 3,
  image: 'fineract',
  ports: {},
  command: ['node', 'services/fineract/src/main.ts', 'migrate'],
  env: [
    ...modeEnv({ read: false, write: true, batch: false }),
    ...databaseEnv,
    {
      name: 'FINERACT_BOOTSTRAP_ADMIN_USERNAME',
      secret: secret('fineract-bootstrap-admin', 'username'),
      engine: 'fineract-ts',
    },
    {
      name: 'FINERACT_BOOTSTRAP_ADMIN_PASSWORD',
      secret: secret('fineract-bootstrap-admin', 'password'),
      engine: 'fineract-ts',
    },
    { name: 'SPRING_PROFILES_ACTIVE', value: 'liquibase-only', engine: 'apache-fineract' },
    { name: 'FINERACT_LIQUIBASE_ENABLED', value: 'true', engine: 'apache-fineract' },
    { name: 'LOG_LEVEL', config: 'log-level' },
  ],
  mounts: fineractMounts,
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { minimal: size, standard: size, full: size },
  priority: 'bank-batch',
});

export const fineractMigrationConnections = [
  connect('fineract-migration', 'postgresql', 'sql', 'migrates the schema, on the primary'),
];
