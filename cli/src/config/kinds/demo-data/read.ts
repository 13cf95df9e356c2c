/** What of the demonstration clients is already there. */
import type { FineractApi } from '../../../api/client.ts';
import { type Current, isoDate } from '../../kind.ts';
import type { DemoAccount, DemoClient, DemoTransaction } from './schema.ts';

interface AccountAnswer {
  readonly id: number;
  readonly externalId?: string;
}

interface TransactionAnswer {
  readonly date: readonly number[];
  readonly amount: number;
  readonly reversed?: boolean;
  readonly transactionType: { readonly deposit?: boolean; readonly withdrawal?: boolean };
}

export const ACTIVE = 300;

export async function readDemoClients(
  api: FineractApi,
  items: readonly DemoClient[],
): Promise<Current<DemoClient>[]> {
  const found: Current<DemoClient>[] = [];
  for (const { externalId } of items) {
    const clientId = await findClient(api, externalId);
    if (clientId === null) continue;
    const accounts = await Promise.all(
      (await findAccounts(api, clientId)).map(async ({ id, externalId }) => ({
        externalId: externalId!,
        transactions: await readTransactions(api, id),
      })),
    );
    found.push({ id: clientId, item: { externalId, accounts: accounts as unknown as DemoAccount[] } });
  }
  return found;
}

export async function findClient(api: FineractApi, externalId: string): Promise<number | null> {
  const { pageItems } = await api.get<{ pageItems: { id: number; externalId?: string }[] }>(
    `/clients?externalId=${encodeURIComponent(externalId)}`,
  );
  return pageItems.find((client) => client.externalId === externalId)?.id ?? null;
}

export async function findAccounts(api: FineractApi, clientId: number): Promise<AccountAnswer[]> {
  const { savingsAccounts = [] } = await api.get<{ savingsAccounts?: AccountAnswer[] }>(
    `/clients/${clientId}/accounts`,
  );
  return savingsAccounts.filter(({ externalId }) => externalId !== undefined);
}

/** Deposits and withdrawals that stand. */
export async function readTransactions(api: FineractApi, accountId: number): Promise<DemoTransaction[]> {
  const { transactions = [] } = await api.get<{ transactions?: TransactionAnswer[] }>(
    `/savingsaccounts/${accountId}?associations=transactions`,
  );
  return transactions
    .filter(
      ({ reversed, transactionType }) => !reversed && (transactionType.deposit || transactionType.withdrawal),
    )
    .map(({ date, amount, transactionType }) => ({
      date: isoDate(date)!,
      type: transactionType.deposit ? 'deposit' : 'withdrawal',
      amount,
      paymentType: '',
    }));
}

/** The wanted transactions that are not there yet; several that look alike count one by one. */
export function missingTransactions(
  wanted: readonly DemoTransaction[],
  existing: readonly DemoTransaction[],
): DemoTransaction[] {
  const left = existing.map(looks);
  return wanted.filter((transaction) => {
    const index = left.indexOf(looks(transaction));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function looks({ date, type, amount }: DemoTransaction): string {
  return `${date} ${type} ${amount}`;
}
