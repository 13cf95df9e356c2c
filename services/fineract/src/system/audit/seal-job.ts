import { singleStepJob } from '../../kernel/index.ts';
import { sealAuditLog } from './seal.ts';

/** Seals the rows of the audit log that have been written since the last time. */
export const sealAuditLogJob = singleStepJob({
  name: 'Seal Audit Log',
  shortName: 'AUD_SEAL',
  cronExpression: '0 15 * * * ?',
  async run({ tenant, logger }) {
    const { sealedRows } = await sealAuditLog(tenant.db);
    logger.info({ tenant: tenant.identifier, sealedRows }, 'audit log sealed');
  },
});
