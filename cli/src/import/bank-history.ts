/** Fetches from the bank what it made of the import: the balances of every day, and the transactions themselves. */
import { decimal } from '@fineract-gitops/money';
import type { ExactNumber, FineractApi } from '../api/client.ts';
import { isoDate } from '../config/kind.ts';
import { type Stage, toMillionths } from './stage.ts';

interface DailyBalances {
  readonly accounts: readonly {
    readonly accountId: number;
    readonly accountExternalId: string;
    readonly days: readonly { readonly date: string; readonly balance: ExactNumber }[];
  }[];
  readonly nextAfterId?: number;
}

interface History {
  readonly transactions?: readonly {
    readonly externalId?: string;
    readonly date: readonly number[];
    readonly amount: ExactNumber;
    readonly reversed?: boolean;
    readonly transactionType: Readonly<Record<string, unknown>>;
  }[];
}

const PAGE = 1000;
/** Histories fetched at the same time; the bank answers them in parallel. */
const AT_ONCE = 4;

/** Balances at the end of every day that an account of this source moved. */
export async function fetchBalances(api: FineractApi, stage: Stage, prefix: string): Promise<void> {
  stage.run('delete from bank_accounts');
  stage.run('delete from bank_days');
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: DailyBalances = await api.getExact(
      `/imports/savingsdailybalances?afterId=${after}&limit=${PAGE}`,
    );
    stage.transaction(() => {
      for (const { accountId, accountExternalId, days } of page.accounts) {
        if (!accountExternalId.startsWith(prefix)) continue;
        const last = days.at(-1)?.balance ?? 0;
        stage.run('insert into bank_accounts values (?, ?, ?)', accountExternalId, accountId, exact(last));
        for (const { date, balance } of days) {
          stage.run('insert into bank_days values (?, ?, ?)', accountExternalId, date, exact(balance));
        }
      }
    });
    after = page.nextAfterId;
  }
}

/** @param progress called with the number of accounts done */
export async function fetchHistories(
  api: FineractApi,
  stage: Stage,
  progress: (done: number) => void,
): Promise<void> {
  stage.run('delete from bank_transactions');
  const accounts = stage.all<{ external_id: string; id: bigint }>(`
    select external_id, id from bank_accounts
     where external_id in (select parent from entries where entity = 'transactions') order by id`);
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let account = accounts[next++]; account; account = accounts[next++]) {
      const history = await api.getExact<History>(`/savingsaccounts/${account.id}?associations=transactions`);
      keepHistory(stage, account.external_id, history);
      done += 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function keepHistory(stage: Stage, account: string, { transactions = [] }: History): void {
  stage.transaction(() => {
    for (const { externalId, date, amount, reversed, transactionType } of transactions) {
      if (reversed || externalId === undefined) continue;
      stage.run(
        'insert into bank_transactions values (?, ?, ?, ?, ?)',
        externalId,
        account,
        isoDate(date)!,
        typeOf(transactionType),
        exact(amount),
      );
    }
  });
}

/** The type in the words of imports. */
function typeOf(type: Readonly<Record<string, unknown>>): string {
  if (type['deposit']) return 'deposit';
  if (type['withdrawal']) return 'withdrawal';
  if (type['interestPosting']) return 'interest';
  if (type['feeDeduction']) return 'fee';
  return String(type['code'] ?? 'unknown');
}

function exact(amount: ExactNumber): bigint {
  return toMillionths(decimal(String(amount)));
}
