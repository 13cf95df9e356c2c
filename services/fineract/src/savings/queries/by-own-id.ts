/** Accounts by the id that another system gave them. */
import { type Queryable, sql } from '@fineract-gitops/db';
import { notFound, type RouteInput } from '../../kernel/index.ts';

/** The input with the account's own id in its place. */
export async function byOwnId<I extends RouteInput>(db: Queryable, input: I): Promise<I> {
  const externalId = input.params['externalId'] ?? '';
  const account = await db.rowOrNull<{ id: number }>(
    sql`select id from savings_accounts where external_id = ${externalId}`,
  );
  if (!account) throw notFound('saving.account', externalId.slice(0, 100));
  return { ...input, params: { ...input.params, savingsId: String(account.id) } };
}
