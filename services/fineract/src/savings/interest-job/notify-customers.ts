import { sql } from '@fineract-gitops/db';
import type { JobContext } from '../../kernel/index.ts';
import { enqueueNotifications } from '../../notifications/index.ts';
import { TransactionType } from '../rules/transaction-type.ts';

/**
 * Queues a message per account that was credited interest on the run's date, once per channel. An account whose interest
 * of several periods was posted at once gets one message about all of it; the last transaction is its cause.
 */
export async function notifyCustomers({ tenant, businessDate, logger, runId }: JobContext): Promise<void> {
  // The fields are those of the template's `InterestPosted`.
  const queued = await enqueueNotifications(
    tenant.db,
    'interest-posted',
    sql`
    select 'interest:' || posted.last_id as cause, a.client_id,
           jsonb_build_object('accountNo', a.account_no, 'currency', a.currency_code,
             'decimalPlaces', a.digits_after_decimal, 'interest', posted.interest::text,
             'balance', last.running_balance::text, 'periodStart', posted.period_start, 'postingDate', last.date) as data
      from (select t.account_id, max(t.id) as last_id, sum(t.amount) as interest, min(p.period_start) as period_start
              from savings_transactions t join savings_interest_postings p on p.transaction_id = t.id
             where t.type = ${TransactionType.interest} and t.submitted_on = ${businessDate}::date and not t.reversed
             group by t.account_id) posted
      join savings_transactions last on last.id = posted.last_id
      join savings_accounts a on a.id = posted.account_id`,
  );
  logger.info({ tenant: tenant.identifier, runId, queued }, 'messages to customers queued');
}
