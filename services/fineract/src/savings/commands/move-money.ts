/** Deposits, withdrawals, holds and releases. */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Decimal, fitsDecimalPlaces } from '@fineract-gitops/money';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  type ParameterError,
  parameterError,
  pathId,
  validationFailed,
} from '../../kernel/index.ts';
import type { Hold, Money } from '../bodies.ts';
import { availableBalance, lockedUntil } from '../rules/balance.ts';
import { TransactionType } from '../rules/transaction-type.ts';
import { applyTransaction, type Draft, insufficientBalance } from './apply-transaction.ts';
import { type ActiveAccount, lockAccount, requireActive } from './locked-account.ts';
import { readTransaction } from './reverse-transaction.ts';
import { reviseInterest } from './revise-interest.ts';

export async function deposit(context: CommandContext, input: CommandInput<Money>): Promise<CommandResult> {
  return moveMoney(context, input, TransactionType.deposit);
}

export async function withdraw(context: CommandContext, input: CommandInput<Money>): Promise<CommandResult> {
  return moveMoney(context, input, TransactionType.withdrawal);
}

async function moveMoney(
  context: CommandContext,
  input: CommandInput<Money>,
  type: typeof TransactionType.deposit | typeof TransactionType.withdrawal,
): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  requireActive(account);
  const { transactionDate, transactionAmount, ...details } = input.body;
  checkMovement(account, transactionDate, transactionAmount, context.businessDate);
  if (type === TransactionType.withdrawal) requireUnlocked(account, transactionDate);
  return write(context, account, { type, date: transactionDate, amount: transactionAmount, ...details });
}

async function write(
  { tx, user, businessDate }: CommandContext,
  account: ActiveAccount,
  draft: Draft,
): Promise<CommandResult> {
  const writer = { tx, userId: user.id, businessDate };
  const applied = await applyTransaction(writer, account, draft);
  const lowers = draft.type === TransactionType.withdrawal || draft.type === TransactionType.hold;
  const refusal = lowers ? () => insufficientBalance(account, draft.amount) : null;
  await reviseInterest(writer, applied.account, { id: applied.id, date: draft.date }, refusal);
  const { officeId, clientId, id: savingsId } = account;
  return {
    officeId,
    clientId,
    savingsId,
    resourceId: applied.id,
    resourceExternalId: draft.externalId || undefined,
  };
}

/** @throws ApiError 400 for a date outside the account's life, or more decimals than the currency has */
export function checkMovement(
  account: ActiveAccount,
  date: LocalDate,
  amount: Decimal,
  businessDate: LocalDate,
): void {
  const problems: ParameterError[] = [];
  if (date > businessDate) {
    problems.push(
      parameterError(
        'error.msg.savingsaccount.transaction.in.the.future',
        'transactionDate',
        `The transaction date must not be after the business date ${businessDate}.`,
        date,
      ),
    );
  }
  if (date < account.activatedOn) {
    problems.push(
      parameterError(
        'error.msg.savingsaccount.transaction.before.activation.date',
        'transactionDate',
        `The transaction date must not be before the account was activated, ${account.activatedOn}.`,
        date,
        [date, account.activatedOn],
      ),
    );
  }
  if (!fitsDecimalPlaces(amount, account.digitsAfterDecimal)) {
    problems.push(
      parameterError(
        `validation.msg.savingsaccount.transaction.transactionAmount.scale.is.greater.than.${account.digitsAfterDecimal}`,
        'transactionAmount',
        `${account.currencyCode} has ${account.digitsAfterDecimal} digits after the point.`,
        amount,
      ),
    );
  }
  if (problems.length > 0) throw validationFailed(problems);
}

function requireUnlocked(account: ActiveAccount, date: LocalDate): void {
  const until = lockedUntil(account);
  if (until === null || date >= until) return;
  throw validationFailed([
    parameterError(
      'error.msg.savingsaccount.transaction.withdrawals.blocked.during.lockin.period',
      'transactionDate',
      `Withdrawals are blocked until ${until}.`,
      date,
      [date, until],
    ),
  ]);
}

/** Puts an amount aside: the balance stays, what can be withdrawn sinks. Only after the last transaction, as in Fineract. */
export async function holdAmount(context: CommandContext, input: CommandInput<Hold>): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  requireActive(account);
  const { transactionDate, transactionAmount, reasonForBlock, lienAllowed } = input.body;
  checkMovement(account, transactionDate, transactionAmount, context.businessDate);
  const problems: ParameterError[] = [];
  const refuse = (code: string, parameter: string, message: string) =>
    problems.push(parameterError(`validation.msg.savingsaccount.${code}`, parameter, message));
  if (account.lastTransactionOn !== null && transactionDate < account.lastTransactionOn) {
    const code = 'date.validation.msg.date.can.not.be.before.last.transaction.date';
    refuse(
      code,
      'date',
      `An amount can be held only from the last transaction on, ${account.lastTransactionOn}.`,
    );
  }
  if (lienAllowed)
    refuse('lien.is.not.allowed.in.product.level', 'lienAllowed', 'Liens are not offered by this product.');
  if (transactionAmount.greaterThan(availableBalance(account.balance, account.amountOnHold, account)))
    refuse('insufficient.balance', 'transactionAmount', 'The available balance is less than this amount.');
  if (problems.length > 0) throw validationFailed(problems);
  const type = TransactionType.hold;
  return write(context, account, { type, date: transactionDate, amount: transactionAmount, reasonForBlock });
}

/** Ends a hold on the business date. */
export async function releaseAmount(
  context: CommandContext,
  input: CommandInput<object & Record<never, never>>,
): Promise<CommandResult> {
  const account = await lockAccount(context, input);
  requireActive(account);
  const hold = await readTransaction(
    context.tx,
    account.id,
    pathId(input, 'transactionId', 'savings transaction'),
  );
  if (hold.type !== TransactionType.hold || hold.releasedBy !== null) {
    throw validationFailed([
      parameterError(
        'validation.msg.savingsaccount.amount.validation.msg.amount.is.not.on.hold',
        'amount',
        'This transaction holds no amount, or it was already released.',
      ),
    ]);
  }
  // Never before its hold, even when the business date was set back.
  const date = [context.businessDate, hold.date].sort()[1]!;
  return write(context, account, {
    type: TransactionType.release,
    date,
    amount: hold.amount,
    holdId: hold.id,
  });
}
