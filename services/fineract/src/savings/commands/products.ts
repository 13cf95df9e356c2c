/** Savings products: terms, their mapping to the general ledger, and the charges that come with them. */
import { join, sql, type Transaction } from '@fineract-gitops/db';
import { GlUsage } from '../../accounting/index.ts';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  type ParameterError,
  parameterError,
  pathId,
  type RouteInput,
  refuseInUse,
  refuseTaken,
  validationFailed,
} from '../../kernel/index.ts';
import { requireCurrency } from '../../organisation/index.ts';
import type { CreateProduct, UpdateProduct } from '../bodies.ts';
import {
  type LedgerMapping,
  ledgerColumns,
  ledgerFields,
  ledgerPurposes,
  selectLedger,
} from '../ledger-columns.ts';
import { checkTerms, type Terms } from '../rules/terms.ts';
import { selectTerms, termsColumns, termsOf, termsValues } from '../terms-columns.ts';
import { refuseNotOffered } from './not-offered.ts';

const RESOURCE = 'savingsproduct';

const TAKEN = {
  savings_product_name_unique: [
    'error.msg.savingsproduct.duplicate.name',
    'name',
    'A savings product with this name exists.',
  ],
  savings_product_short_name_unique: [
    'error.msg.savingsproduct.duplicate.short.name',
    'shortName',
    'A savings product with this short name exists.',
  ],
} as const;

interface ProductValues extends Terms, LedgerMapping {
  readonly name: string;
  readonly shortName: string;
  readonly description: string | null;
  readonly accountingRule: number;
}

/** What a product is before anything is sent: nothing chosen, everything off. */
const BLANK = {
  description: null,
  inMultiplesOf: null,
  minRequiredOpeningBalance: null,
  lockinPeriodFrequency: null,
  lockinPeriodFrequencyType: null,
  withdrawalFeeForTransfers: false,
  allowOverdraft: false,
  overdraftLimit: null,
  nominalAnnualInterestRateOverdraft: null,
  minOverdraftForInterestCalculation: null,
  enforceMinRequiredBalance: false,
  minRequiredBalance: null,
  minBalanceForInterestCalculation: null,
};

const NO_LEDGER = Object.fromEntries(ledgerFields.map((field) => [field, null])) as LedgerMapping;

export async function createProduct(
  { tx }: CommandContext,
  { body }: CommandInput<CreateProduct>,
): Promise<CommandResult> {
  refuseNotOffered(RESOURCE, body);
  const sent = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const product = { ...BLANK, ...NO_LEDGER, ...sent } as unknown as ProductValues;
  await checkProduct(tx, product);
  const { id } = await refuseTaken(TAKEN, () =>
    tx.row<{ id: number }>(sql`
      insert into savings_products (name, short_name, description, accounting_rule, ${termsColumns}, ${ledgerColumns})
      values (${product.name}, ${product.shortName}, ${product.description || null}, ${product.accountingRule},
              ${termsValues(termsOf(product))}, ${ledgerValues(product)})
      returning id`),
  );
  await setCharges(tx, id, body.charges ?? []);
  return { resourceId: id };
}

export async function updateProduct(
  { tx }: CommandContext,
  input: CommandInput<UpdateProduct>,
): Promise<CommandResult> {
  const { body } = input;
  const id = pathId(input, 'productId', 'savingproduct');
  refuseNotOffered(RESOURCE, body);
  const current = await tx.rowOrNull<ProductValues>(sql`
    select p.name, p.short_name as "shortName", p.description, p.accounting_rule as "accountingRule", ${selectTerms('p')},
           ${selectLedger}
      from savings_products p where p.id = ${id} for update`);
  if (!current) throw notFound('savingproduct', id);
  const { next, changes } = applyChanges<ProductValues>(current, body);
  await checkProduct(tx, next);
  await refuseCurrencyChange(tx, id, current, next);
  await refuseTaken(TAKEN, () =>
    tx.execute(sql`
      update savings_products
         set name = ${next.name}, short_name = ${next.shortName}, description = ${next.description},
             accounting_rule = ${next.accountingRule}, (${termsColumns}) = row(${termsValues(termsOf(next))}),
             (${ledgerColumns}) = row(${ledgerValues(next)})
       where id = ${id}`),
  );
  if (body.charges !== undefined) await setCharges(tx, id, body.charges);
  return { resourceId: id, changes: body.charges ? { ...changes, charges: body.charges } : changes };
}

export async function deleteProduct({ tx }: CommandContext, input: RouteInput): Promise<CommandResult> {
  const id = pathId(input, 'productId', 'savingproduct');
  const deleted = await refuseInUse(
    () => domainRule('error.msg.savingsproduct.in.use', 'Accounts exist under this product.', id),
    () => tx.execute(sql`delete from savings_products where id = ${id}`),
  );
  if (deleted === 0) throw notFound('savingproduct', id);
  return { resourceId: id };
}

/** A product that accounts were opened under keeps its currency and its way of accounting. */
async function refuseCurrencyChange(
  tx: Transaction,
  id: number,
  current: ProductValues,
  next: ProductValues,
): Promise<void> {
  const same =
    current.currencyCode === next.currencyCode &&
    current.digitsAfterDecimal === next.digitsAfterDecimal &&
    current.accountingRule === next.accountingRule;
  if (same) return;
  const used = await tx.rowOrNull(sql`select 1 as ok from savings_accounts where product_id = ${id} limit 1`);
  if (used) {
    throw domainRule(
      'error.msg.savingsproduct.currency.or.accounting.cannot.change',
      'Accounts exist under this product: its currency, decimals and accounting rule cannot change. Create a new product.',
      id,
    );
  }
}

async function checkProduct(tx: Transaction, product: ProductValues): Promise<void> {
  checkTerms(RESOURCE, product);
  await requireCurrency(tx, product.currencyCode);
  await checkLedger(tx, product);
}

interface GlAccountRow {
  id: number;
  name: string;
  type: number;
  usage: number;
}

/** With cash accounting every purpose needs a detail account of the right type; what is given is checked in any case. */
async function checkLedger(tx: Transaction, product: ProductValues): Promise<void> {
  const problems: ParameterError[] = [];
  const ids = ledgerFields.map((field) => product[field]).filter((id) => id !== null);
  const rows = await tx.rows<GlAccountRow>(
    sql`select id, name, type, usage from gl_accounts where id = any (${ids}::bigint[])`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const field of ledgerFields) {
    const id = product[field];
    const account = id === null ? undefined : known.get(id);
    if (id === null) {
      if (product.accountingRule === 1) continue;
      const message = `Cash accounting needs the parameter ${field}.`;
      problems.push(parameterError(`validation.msg.${RESOURCE}.${field}.cannot.be.blank`, field, message));
    } else if (!account) throw notFound('glaccount', id);
    else if (account.type !== ledgerPurposes[field].type || account.usage !== GlUsage.detail) {
      throw domainRule(
        `error.msg.${field}.invalid.account.type`,
        `The account ${account.name} cannot be used as ${field}: it is of another type, or a header.`,
        field,
        id,
      );
    }
  }
  if (problems.length > 0) throw validationFailed(problems);
}

function ledgerValues(product: LedgerMapping) {
  return join(ledgerFields.map((field) => sql`${product[field]}`));
}

async function setCharges(
  tx: Transaction,
  productId: number,
  charges: readonly { readonly id: number }[],
): Promise<void> {
  const ids = [...new Set(charges.map(({ id }) => id))];
  const missing = await tx.rowOrNull<{ id: number }>(sql`
    select wanted.id from unnest(${ids}::bigint[]) as wanted(id)
     where not exists (select from charges c where c.id = wanted.id) limit 1`);
  if (missing) throw notFound('charge', missing.id);
  await tx.execute(sql`
    delete from savings_product_charges where product_id = ${productId} and charge_id <> all (${ids}::bigint[])`);
  await tx.execute(sql`
    insert into savings_product_charges (product_id, charge_id)
    select ${productId}, id from unnest(${ids}::bigint[]) as wanted(id) on conflict do nothing`);
}
