import { query } from '../../kernel/index.ts';
import {
  AUDIT_FILTERS,
  auditSearchTemplate,
  exportAudits,
  listAudits,
  readAudit,
  readVerification,
} from '../audit/queries.ts';

const grouping = 'report';
const permission = 'READ_AUDIT';

export const auditQueries = [
  query({
    path: '/audits',
    summary: 'List and filter the audit log',
    grouping,
    permission,
    parameters: [...AUDIT_FILTERS, 'paged', 'includeJson', 'offset', 'limit', 'orderBy', 'sortOrder'],
    run: listAudits,
  }),
  query({
    path: '/audits/searchtemplate',
    summary: 'What the audit log can be filtered by',
    grouping,
    permission,
    run: auditSearchTemplate,
  }),
  query({
    path: '/audits/export',
    summary: 'The audit log with its seals, one JSON object a line',
    grouping,
    permission,
    parameters: AUDIT_FILTERS,
    run: exportAudits,
  }),
  query({
    path: '/audits/verification',
    summary: 'Check the sealed audit log; auditId and hash name a head that was kept elsewhere',
    grouping,
    permission,
    parameters: ['auditId', 'hash'],
    run: readVerification,
  }),
  query({
    path: '/audits/:auditId',
    summary: 'Read an entry of the audit log',
    grouping,
    permission,
    run: readAudit,
  }),
];
