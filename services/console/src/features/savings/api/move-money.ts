import { type DateParts, get, post } from '../../../shared/api.ts';
import { isoDate } from '../../../shared/format.ts';

export type Movement = 'deposit' | 'withdrawal';

export interface MoveMoney {
  readonly movement: Movement;
  /** As typed, so that no digit is lost on the way. */
  readonly amount: string;
  readonly idempotencyKey: string;
}

/** Pays in or out on the bank's business date. */
export async function moveMoney(
  savingsId: string,
  { movement, amount, idempotencyKey }: MoveMoney,
): Promise<void> {
  const { date } = await get<{ readonly date: DateParts }>('/businessdate/BUSINESS_DATE');
  await post(
    `/savingsaccounts/${savingsId}/transactions?command=${movement}`,
    { transactionAmount: amount, transactionDate: isoDate(date), dateFormat: 'yyyy-MM-dd', locale: 'en' },
    idempotencyKey,
  );
}
