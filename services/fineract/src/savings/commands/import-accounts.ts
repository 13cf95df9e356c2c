/** Opening the accounts of a bank's history: set-based, all rows or none, and harmless to send again. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql, type Transaction } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  maySeeOffice,
} from '../../kernel/index.ts';
import type { ImportAccounts } from '../import-bodies.ts';
import { interestDueOn } from '../rules/interest/terms.ts';
import { AccountStatus } from '../rules/status.ts';
import type { Terms } from '../rules/terms.ts';
import { selectTerms, termsColumns } from '../terms-columns.ts';
import { ImportProblems } from './import-problems.ts';

type Row = CommandInput<ImportAccounts>['body']['rows'][number];

interface Product extends Terms {
  readonly id: number;
  readonly shortName: string;
}

interface Client {
  readonly id: number;
  readonly externalId: string;
  readonly hierarchy: string;
  readonly status: number;
  readonly activatedOn: LocalDate | null;
}

interface KnownAccount {
  readonly externalId: string;
  readonly clientId: number;
  readonly productId: number;
  readonly activatedOn: LocalDate | null;
}

interface ReadyRow {
  readonly row: Row;
  readonly clientId: number;
  readonly product: Product;
}

export interface ImportedAccounts extends CommandResult {
  readonly imported: number;
  readonly skipped: number;
}

export async function importAccounts(
  context: CommandContext,
  { body: { rows } }: CommandInput<ImportAccounts>,
): Promise<ImportedAccounts> {
  const problems = new ImportProblems();
  problems.addRepeated(rows);
  const known = await readKnown(context.tx, rows);
  const ready: ReadyRow[] = [];
  for (const [index, row] of rows.entries()) {
    const checked = checkRow(context, problems, index, row, known);
    if (checked) ready.push(checked);
  }
  problems.throwIfAny();
  await insertAccounts(context, ready);
  return { imported: ready.length, skipped: rows.length - ready.length };
}

interface Known {
  readonly clients: ReadonlyMap<string, Client>;
  readonly products: readonly Product[];
  readonly accounts: ReadonlyMap<string, KnownAccount>;
}

async function readKnown(tx: Transaction, rows: readonly Row[]): Promise<Known> {
  const clients = await tx.rows<Client>(sql`
    select c.id, c.external_id as "externalId", o.hierarchy, c.status, c.activated_on as "activatedOn"
      from clients c join offices o on o.id = c.office_id
     where c.external_id = any (${rows.map((row) => row.clientExternalId)}::text[]) order by c.id for share of c`);
  const products = await tx.rows<Product>(
    sql`select p.id, p.short_name as "shortName", ${selectTerms('p')} from savings_products p for share`,
  );
  const accounts = await tx.rows<KnownAccount>(sql`
    select external_id as "externalId", client_id as "clientId", product_id as "productId", activated_on as "activatedOn"
      from savings_accounts where external_id = any (${rows.map((row) => row.externalId)}::text[])`);
  return {
    clients: new Map(clients.map((client) => [client.externalId, client])),
    products,
    accounts: new Map(accounts.map((account) => [account.externalId, account])),
  };
}

/** The row made ready to be written; `null` when it is wrong, or already there. */
function checkRow(
  { user, businessDate }: CommandContext,
  problems: ImportProblems,
  index: number,
  row: Row,
  known: Known,
): ReadyRow | null {
  const refuse = (field: string, rule: string, message: string, value?: unknown) => {
    problems.add(index, field, rule, message, value);
    return null;
  };
  const client = known.clients.get(row.clientExternalId);
  if (!client || !maySeeOffice(user, client.hierarchy))
    return refuse('clientExternalId', 'unknown', 'No client has this external id.', row.clientExternalId);
  const product = known.products.find(({ id, shortName }) =>
    row.productId === undefined ? shortName === row.productShortName : id === row.productId,
  );
  if (!product) {
    const value = row.productId ?? row.productShortName;
    return refuse(
      'productId',
      'unknown',
      'Give the productId or productShortName of a savings product.',
      value,
    );
  }
  const { activatedOnDate } = row;
  const existing = known.accounts.get(row.externalId);
  if (existing) {
    const same =
      existing.clientId === client.id &&
      existing.productId === product.id &&
      existing.activatedOn === activatedOnDate;
    if (!same)
      refuse(
        'externalId',
        'different',
        'An account with this external id has other content.',
        row.externalId,
      );
    return null;
  }
  if (client.status !== 300 || client.activatedOn === null || activatedOnDate < client.activatedOn)
    return refuse(
      'activatedOnDate',
      'before.client',
      'The client was not active on this date.',
      activatedOnDate,
    );
  if (activatedOnDate > businessDate || (row.submittedOnDate ?? activatedOnDate) > activatedOnDate)
    return refuse(
      'activatedOnDate',
      'invalid',
      'The account was activated after its submission and not in the future.',
      activatedOnDate,
    );
  return { row, clientId: client.id, product };
}

async function insertAccounts({ tx, user }: CommandContext, ready: readonly ReadyRow[]): Promise<void> {
  if (ready.length === 0) return;
  const column = <T>(read: (each: ReadyRow) => T) => ready.map(read);
  const activatedOn = column(({ row }) => row.activatedOnDate);
  await tx.execute(sql`
    with sent as (
      select nextval(pg_get_serial_sequence('savings_accounts', 'id')) as id, s.*
        from unnest(${column(({ row }) => row.externalId)}::text[], ${column(({ clientId }) => clientId)}::bigint[],
                    ${column(({ product }) => product.id)}::bigint[],
                    ${column(({ row }) => row.submittedOnDate ?? row.activatedOnDate)}::date[], ${activatedOn}::date[],
                    ${column(({ row, product }) => interestDueOn(product, row.activatedOnDate))}::date[])
             as s (external_id, client_id, product_id, submitted_on, activated_on, interest_due_on))
    insert into savings_accounts (id, account_no, external_id, client_id, product_id, status, submitted_on, submitted_by,
                                  approved_on, approved_by, activated_on, activated_by, interest_from,
                                  next_interest_posting_on, ${termsColumns})
    select s.id, lpad(s.id::text, 9, '0'), s.external_id, s.client_id, s.product_id, ${AccountStatus.active}, s.submitted_on,
           ${user.id}, s.submitted_on, ${user.id}, s.activated_on, ${user.id}, s.activated_on, s.interest_due_on, ${termsColumns}
      from sent s join savings_products p on p.id = s.product_id`);
}
