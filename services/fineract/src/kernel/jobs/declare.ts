import { sql, type Transaction } from '@fineract-gitops/db';
import type { Job } from './job.ts';

export function declaredJobs(domains: readonly { readonly jobs?: readonly Job[] }[]): Job[] {
  return domains.flatMap(({ jobs = [] }) => jobs);
}

/** Lists the declared jobs in a tenant's database. What an operator changed (schedule, name, active) stays. */
export async function listJobs(tx: Transaction, jobs: readonly Job[]): Promise<void> {
  const column = (key: 'name' | 'shortName' | 'cronExpression') => jobs.map((job) => job[key]);
  await tx.execute(sql`
    insert into jobs (name, short_name, display_name, cron_expression)
    select name, short_name, name, cron
      from unnest(${column('name')}::text[], ${column('shortName')}::text[], ${column('cronExpression')}::text[])
           as declared (name, short_name, cron)
    on conflict (name) do nothing`);
}
