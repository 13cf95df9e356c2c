/** Undoing a transaction, and what that does to interest that was posted since. */
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  pathId,
} from '../../kernel/index.ts';
import type { Undo } from '../bodies.ts';
import { kindOf } from '../rules/transaction-type.ts';
import { lockAccount, requireActive } from './locked-account.ts';
import {
  goingNegative,
  readTransaction,
  reverseTransaction,
  type StoredTransaction,
} from './reverse-transaction.ts';
import { reviseInterest } from './revise-interest.ts';

export async function undoTransaction(
  context: CommandContext,
  input: CommandInput<Undo>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const account = await lockAccount(context, input);
  const transactionId = pathId(input, 'transactionId', 'savings transaction');
  const transaction = await readTransaction(tx, account.id, transactionId);
  requireActive(account);
  requireUndoable(transaction);
  const writer = { tx, userId: user.id, businessDate };
  const next = await reverseTransaction(writer, account, transaction, true);
  const lowered = kindOf(transaction.type).sign === 1;
  await reviseInterest(writer, next, transaction, lowered ? goingNegative : null);
  const { officeId, clientId, id } = account;
  return {
    officeId,
    clientId,
    savingsId: id,
    resourceId: transactionId,
    changes: { reversed: true, transactionAmount: transaction.amount },
  };
}

function requireUndoable({ id, type, reversed: isReversed, settlesPeriod }: StoredTransaction): void {
  const refuse = (message: string) =>
    domainRule('error.msg.saving.account.transaction.update.not.allowed', message, id);
  if (isReversed) throw refuse('The transaction was already undone.');
  if (kindOf(type).sign === 0) throw refuse('A hold is ended by releasing its amount, not by undoing it.');
  if (settlesPeriod)
    throw refuse(
      'Posted interest follows from the balances: undo the transactions that it was computed from.',
    );
}
