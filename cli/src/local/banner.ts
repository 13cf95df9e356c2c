import { styleText } from 'node:util';
import type { ServiceName } from './services.ts';

export interface BannerFacts {
  urls: Record<ServiceName, string>;
  demoPassword: string;
  remarks: readonly string[];
  tookSeconds: number;
}

/** What a newcomer reads when the bank is up: where, who, and what to try. */
export function banner({ urls, demoPassword, remarks, tookSeconds }: BannerFacts): string {
  const strong = (text: string) => styleText('bold', text, { stream: process.stderr });
  const curl = `curl -u admin:${demoPassword} -H 'Fineract-Platform-TenantId: default' ${urls.gateway}/api/v1/clients`;
  const lines = [
    '',
    `${strong('The bank is open')} (${tookSeconds.toFixed(1)} s)`,
    '',
    `  Console    ${strong(urls.gateway)}`,
    `  Sign in    ${strong('admin')} (everything), ${strong('teller')} (customers and cash) or ${strong('auditor')} (looks only)`,
    `  Password   ${strong(demoPassword)}`,
    `  API        ${urls.gateway}/api/v1 (as Apache Fineract's: ${urls.gateway}/fineract-provider/api/v1)`,
    `  Inbox      ${urls.inbox} (the mails and text messages that the bank sends)`,
    '',
    'Three things to try',
    '  1. Sign in as teller, open a client and make a deposit.',
    '  2. Sign in as admin, run the job "Post Interest For Savings", then look into the inbox.',
    `  3. ${curl}`,
    '',
    ...remarks.map((remark) => `  Note: ${remark}`),
    'Ctrl-C stops it; the data stays. `npm start -- --reset` begins anew.',
    '',
  ];
  return lines.join('\n');
}
