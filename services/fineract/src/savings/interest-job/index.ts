/** The daily job: posts the interest that is due, writes the report, tells the customers. */
import { sql } from '@fineract-gitops/db';
import { idRanges, type Job } from '../../kernel/index.ts';
import { accountsWithInterestDue, postInterestForAccount } from '../commands/post-interest.ts';
import { countPostedInterest } from '../metrics.ts';
import { notifyCustomers } from './notify-customers.ts';
import { writeInterestReport } from './report.ts';

export const postInterestJob: Job = {
  name: 'Post Interest For Savings',
  shortName: 'SA_PINT',
  cronExpression: '0 0 2 * * ?',

  plan: (tx, { businessDate }) => idRanges(tx, accountsWithInterestDue(businessDate)),

  async listItems(db, { businessDate }, { firstId, lastId }) {
    const accounts = await db.rows<{ id: number }>(sql`
      select id from (${accountsWithInterestDue(businessDate)}) due
       where id between ${firstId} and ${lastId} order by id`);
    return accounts.map(({ id }) => id);
  },

  async runItem(tx, { businessDate: upTo, userId, jobName }, accountId, afterCommit) {
    const posted = await postInterestForAccount(tx, { accountId, upTo, userId, jobName });
    if (!posted) return 'skipped';
    afterCommit(() => countPostedInterest(posted));
    return 'done';
  },

  async finish(context) {
    await writeInterestReport(context);
    await notifyCustomers(context);
  },
};
