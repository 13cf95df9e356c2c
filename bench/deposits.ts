/**
 * Deposits per second through the HTTP API, against a raw client that runs the same rows in one transaction of the same
 * round trips (lock, transaction + balance, journal, audit row + event) on the same durable PostgreSQL.
 */
import { createDatabase, type Database, sql } from '@fineract-gitops/db';
import { compare, readOptions, saturate } from './support/compare.ts';
import { type BenchCore, headers, startCore } from './support/core.ts';
import { OPENED_ON, openAccounts } from './support/savings.ts';

const CONNECTIONS = 8;

await using core = await startCore(CONNECTIONS);
// Two sets, so that neither side meets rows that the other one locks.
const accounts = await openAccounts(core, CONNECTIONS * 2);
const { hostname, port, username, password, pathname } = new URL(core.databaseUrl);
const db = createDatabase({
  host: hostname,
  port: Number(port),
  user: username,
  password,
  database: pathname.slice(1),
  applicationName: 'benchmark',
  poolSizeMax: CONNECTIONS,
});

async function depositByApi({ http }: BenchCore, accountId: number): Promise<void> {
  const answer = await http.request({
    method: 'POST',
    path: `/fineract-provider/api/v1/savingsaccounts/${accountId}/transactions?command=deposit`,
    headers,
    body: `{"transactionDate":"${OPENED_ON}","transactionAmount":"10.50","dateFormat":"yyyy-MM-dd","locale":"en"}`,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200)
    throw new Error(`a deposit answered ${answer.statusCode}: ${text.slice(0, 300)}`);
}

async function depositRaw(database: Database, accountId: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.row(sql`select * from savings_accounts where id = ${accountId} for update`);
    const { id } = await tx.row<{ id: number }>(sql`
      with inserted as (
        insert into savings_transactions (account_id, office_id, type, date, amount, running_balance, submitted_on, created_by)
        select id, 1, 1, ${OPENED_ON}::date, 10.50, balance + 10.50, ${OPENED_ON}::date, 1
          from savings_accounts where id = ${accountId}
        returning id, balance_change)
      update savings_accounts a set balance = a.balance + i.balance_change, last_transaction_on = ${OPENED_ON}::date
        from inserted i where a.id = ${accountId} returning i.id`);
    await tx.execute(sql`
      insert into journal_entries (office_id, gl_account_id, currency_code, transaction_id, transaction_date, entry_type,
                                   amount, entity_type, entity_id, submitted_on, created_by)
      values (1, 1, 'USD', ${`S${id}`}, ${OPENED_ON}::date, 2, 10.50, 2, ${accountId}, ${OPENED_ON}::date, 1),
             (1, 2, 'USD', ${`S${id}`}, ${OPENED_ON}::date, 1, 10.50, 2, ${accountId}, ${OPENED_ON}::date, 1)`);
    await tx.execute(sql`
      with event as (
        insert into outbox_events (type, aggregate_type, aggregate_id, data)
        values ('savings.deposited', 'savings', ${String(accountId)}, ${'{"resourceId": 1}'}::jsonb))
      insert into audit_log (action_name, entity_name, maker_id, url, command, savings_account_id, resource_id)
      values ('DEPOSIT', 'SAVINGSACCOUNT', 1, '/raw', ${'{"transactionAmount": "10.50"}'}::jsonb, ${accountId}, ${String(id)})`);
  });
}

try {
  await compare(
    'deposits, durable, 8 connections',
    (seconds) => saturate(seconds, CONNECTIONS, (worker) => depositByApi(core, accounts[worker]!)),
    (seconds) => saturate(seconds, CONNECTIONS, (worker) => depositRaw(db, accounts[CONNECTIONS + worker]!)),
    readOptions(),
  );
  const broken = await db.rows(sql`
    select a.id from savings_accounts a join savings_transactions t on t.account_id = a.id
     group by a.id having a.balance <> sum(t.balance_change)`);
  if (broken.length > 0) throw new Error('a balance is not the sum of its transactions');
} finally {
  await db.close();
}
