import type { LocalDate } from '@fineract-gitops/dates';
import type { Writer } from './journals.ts';
import type { ActiveAccount } from './locked-account.ts';

export async function reviseInterest(
  _w: Writer,
  account: ActiveAccount,
  _d: LocalDate,
): Promise<ActiveAccount> {
  return account;
}
