/** What is read of savings products. */
import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import { detailAccountOptions } from '../../accounting/index.ts';
import { savingsChargeOptions } from '../../charges/index.ts';
import { notFound, pathId, type QueryContext, type RouteInput, withoutNulls } from '../../kernel/index.ts';
import {
  currencyBody as currencyOption,
  paymentTypeOptions,
  selectedCurrencies,
} from '../../organisation/index.ts';
import { type LedgerMapping, ledgerFields, ledgerPurposes, selectLedger } from '../ledger-columns.ts';
import {
  accountingRuleOptions,
  calculationOptions,
  compoundingOptions,
  daysInYearOptions,
  listed,
  lockinOptions,
  postingOptions,
} from '../rules/options.ts';
import type { Terms } from '../rules/terms.ts';
import { selectTerms } from '../terms-columns.ts';
import { type CurrencyColumns, currencyBody, termsBody } from './shared.ts';

interface ProductRow extends Terms, LedgerMapping, CurrencyColumns {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
  readonly description: string | null;
  readonly accountingRule: number;
}

const select: Sql = sql`
  select p.id, p.name, p.short_name as "shortName", p.description, p.accounting_rule as "accountingRule",
         cur.name as "currencyName", cur.display_symbol as "displaySymbol", ${selectTerms('p')}, ${selectLedger}
    from savings_products p join currencies cur on cur.code = p.currency_code`;

export async function listProducts({ db }: QueryContext): Promise<unknown> {
  const rows = await db.rows<ProductRow>(sql`${select} order by p.name, p.id`);
  return rows.map(productBody);
}

export async function readProduct({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const id = pathId(input, 'productId', 'savingproduct');
  const row = await db.rowOrNull<ProductRow>(sql`${select} where p.id = ${id}`);
  if (!row) throw notFound('savingproduct', id);
  const template = input.query['template'] === 'true' ? await productOptions(db) : {};
  return {
    ...productBody(row),
    ...(row.accountingRule === 1 ? {} : { accountingMappings: await mappingsOf(db, row) }),
    charges: await productCharges(db, id),
    ...template,
  };
}

function productBody(row: ProductRow) {
  return withoutNulls({
    id: row.id,
    name: row.name,
    shortName: row.shortName,
    description: row.description,
    currency: currencyBody(row),
    ...termsBody(row),
    accountingRule: accountingRuleOptions[row.accountingRule],
  });
}

async function mappingsOf(db: Queryable, row: ProductRow) {
  const ids = ledgerFields.map((field) => row[field]);
  const accounts = await db.rows<{ id: number; name: string; gl_code: string }>(
    sql`select id, name, gl_code from gl_accounts where id = any (${ids}::bigint[])`,
  );
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return Object.fromEntries(
    ledgerFields.map((field) => {
      const account = byId.get(row[field] ?? 0);
      return [
        ledgerPurposes[field].mapping,
        account && { id: account.id, name: account.name, glCode: account.gl_code },
      ];
    }),
  );
}

async function productCharges(db: Queryable, productId: number): Promise<unknown[]> {
  return db.rows(sql`
    select c.id, c.name, c.amount, c.penalty, c.currency_code as "currencyCode", c.active
      from savings_product_charges p join charges c on c.id = p.charge_id where p.product_id = ${productId} order by c.id`);
}

/** What a form for a new product offers. */
export async function productTemplate({ db }: QueryContext): Promise<unknown> {
  return productOptions(db);
}

async function productOptions(db: Queryable) {
  const charges = await savingsChargeOptions(db);
  return {
    currencyOptions: (await selectedCurrencies(db)).map(currencyOption),
    ...termsOptions,
    accountingRuleOptions: listed(accountingRuleOptions),
    accountingMappingOptions: await detailAccountOptions(db),
    chargeOptions: charges.filter(({ penalty }) => !penalty),
    penaltyOptions: charges.filter(({ penalty }) => penalty),
    paymentTypeOptions: await paymentTypeOptions(db),
  };
}

export const termsOptions = {
  interestCompoundingPeriodTypeOptions: listed(compoundingOptions),
  interestPostingPeriodTypeOptions: listed(postingOptions),
  interestCalculationTypeOptions: listed(calculationOptions),
  interestCalculationDaysInYearTypeOptions: listed(daysInYearOptions),
  lockinPeriodFrequencyTypeOptions: listed(lockinOptions),
};
