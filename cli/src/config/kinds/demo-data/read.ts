/** What of the demonstration clients is already there. */
import type { FineractApi } from '../../../api/client.ts';
import { type Current, isoDate } from '../../kind.ts';
import type { DemoAccount, DemoClient, DemoTransaction } from './schema.ts';

interface Page {
  readonly pageItems: readonly { readonly id: number; readonly externalId?: string }[];
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
  for (const [index, { externalId }] of items.entries()) {
    const clientId = await findClient(api, externalId);
    if (clientId === null) continue;
    const accounts: Pick<DemoAccount, 'externalId' | 'transactions'>[] = [];
    for (const account of items[index]!.accounts) {
      const accountId = await findAccount(api, account.externalId);
      if (accountId === null) continue;
      accounts.push({ externalId: account.externalId, transactions: await readTransactions(api, accountId) });
    }
    found.push({ id: clientId, item: { externalId, accounts: accounts as DemoAccount[] } });
  }
  return found;
}

export function findClient(api: FineractApi, externalId: string): Promise<number | null> {
  return findByExternalId(api, '/clients', externalId);
}

export function findAccount(api: FineractApi, externalId: string): Promise<number | null> {
  return findByExternalId(api, '/savingsaccounts', externalId);
}

async function findByExternalId(api: FineractApi, path: string, externalId: string): Promise<number | null> {
  const { pageItems } = await api.get<Page>(`${path}?externalId=${encodeURIComponent(externalId)}`);
  return pageItems.find((each) => each.externalId === externalId)?.id ?? null;
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
