import type { Domain } from '../kernel/index.ts';
import { sealAuditLogJob } from './audit/seal-job.ts';
import { auditQueries } from './routes/audits.ts';
import { codeCommands, codeQueries } from './routes/codes.ts';
import { settingsCommands, settingsQueries } from './routes/settings.ts';

export { codeValueOptions, requireCodeValue } from './queries/codes.ts';

export const system: Domain = {
  name: 'system',
  commands: [...codeCommands, ...settingsCommands],
  queries: [...codeQueries, ...settingsQueries, ...auditQueries],
  jobs: [sealAuditLogJob],
};
