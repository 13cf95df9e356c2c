/** What the routes of savings have in common. */
import type { CommandResult } from '../../kernel/index.ts';
import type { PostedInterest } from '../commands/post-interest.ts';
import { countPostedInterest } from '../metrics.ts';

export const grouping = 'transaction_savings';
export const accountPath = '/savingsaccounts/:savingsId';

/** The cached answer of the account that a result names. */
export const staleAccount = ({ savingsId }: CommandResult) => [`savingsaccounts:${savingsId}`];

/** Events of an account come in its order, also those about one of its transactions. */
export const byAccount = ({ savingsId }: CommandResult) => savingsId;

/** Counts what an interest command's answer says it posted. */
export function countPostings({ changes }: CommandResult): void {
  countPostedInterest(changes as Pick<PostedInterest, 'postings'>);
}
