/** `InterestAppliedReport`: what was posted on a business date, account by account, as PDF in the object store. */
import type { LocalDate } from '@fineract-gitops/dates';
import { type Queryable, sql } from '@fineract-gitops/db';
import { type Decimal, ZERO } from '@fineract-gitops/money';
import { type JobContext, runsWithWork } from '../../kernel/index.ts';
import { type PdfColumn, tablePdf } from '../../reports/index.ts';

interface PostedRow {
  id: number;
  account_id: number;
  account_no: string;
  client_name: string;
  date: LocalDate;
  interest: Decimal;
  running_balance: Decimal;
  currency_code: string;
  digits_after_decimal: number;
}

const COLUMNS: readonly PdfColumn[] = [
  { header: 'Account', weight: 11 },
  { header: 'Client', weight: 22 },
  { header: 'Posted on', weight: 9 },
  { header: 'Opening balance', weight: 16, align: 'right' },
  { header: 'Interest', weight: 12, align: 'right' },
  { header: 'New balance', weight: 16, align: 'right' },
  { header: '', weight: 5 },
];

const PAGE_SIZE = 1_000;

/**
 * Writes the report of the run's date. Its name and bytes depend on nothing but what was posted on that date, so a run
 * that comes again writes the same file.
 */
export async function writeInterestReport(context: JobContext): Promise<void> {
  const { tenant, businessDate, jobName, signal } = context;
  const runs = await runsWithWork(tenant.db, jobName, businessDate);
  const totals = new Totals();
  const pdf = await tablePdf({
    title: 'Interest applied',
    about: [
      `Business date: ${businessDate}`,
      runs.length === 0 ? 'No run posted interest on this date' : `Runs of ${jobName}: ${runs.join(', ')}`,
    ],
    columns: COLUMNS,
    rows: reportRows(tenant.db, businessDate, totals),
    totals: () => totals.lines(),
    empty: 'No interest was posted.',
    date: businessDate,
    signal,
  });
  const objects = await context.objects();
  await objects.put(`reports/interest-${businessDate}.pdf`, pdf, { contentType: 'application/pdf' });
}

async function* reportRows(db: Queryable, businessDate: LocalDate, totals: Totals): AsyncGenerator<string[]> {
  for await (const row of postedInterest(db, businessDate)) {
    totals.add(row);
    yield [
      row.account_no,
      row.client_name,
      row.date,
      amount(row.running_balance.minus(row.interest), row),
      amount(row.interest, row),
      amount(row.running_balance, row),
      row.currency_code,
    ];
  }
}

/** What was posted on the date, a page of rows at a time. */
async function* postedInterest(db: Queryable, businessDate: LocalDate): AsyncGenerator<PostedRow> {
  let after = { account_id: 0, id: 0 };
  for (;;) {
    const rows = await db.rows<PostedRow>(sql`
      select t.id, t.account_id, a.account_no, c.display_name as client_name, t.date, t.balance_change as interest,
             t.running_balance, a.currency_code, a.digits_after_decimal
        from savings_transactions t
        join savings_interest_postings p on p.transaction_id = t.id
        join savings_accounts a on a.id = t.account_id
        join clients c on c.id = a.client_id
       where t.type in (3, 17) and t.submitted_on = ${businessDate}::date and not t.reversed
         and (t.account_id, t.id) > (${after.account_id}::bigint, ${after.id}::bigint)
       order by t.account_id, t.id limit ${PAGE_SIZE}`);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last;
  }
}

type Currency = Pick<PostedRow, 'currency_code' | 'digits_after_decimal'>;

/** Sums per currency, in the order in which the currencies came. */
class Totals {
  readonly #byCurrency = new Map<string, { postings: number; interest: Decimal; currency: Currency }>();

  add(row: PostedRow): void {
    const { postings = 0, interest = ZERO } = this.#byCurrency.get(row.currency_code) ?? {};
    this.#byCurrency.set(row.currency_code, {
      postings: postings + 1,
      interest: interest.plus(row.interest),
      currency: row,
    });
  }

  lines(): string[][] {
    return [...this.#byCurrency.values()].map(({ postings, interest, currency }) => [
      'Total',
      `${postings} ${postings === 1 ? 'posting' : 'postings'}`,
      '',
      '',
      amount(interest, currency),
      '',
      currency.currency_code,
    ]);
  }
}

const formats = new Map<number, Intl.NumberFormat>();

/** `1,234.50`, exact: the decimal's own digits, never through a float. */
function amount(value: Decimal, { digits_after_decimal: places }: Currency): string {
  let format = formats.get(places);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
    formats.set(places, format);
  }
  return format.format(value.toFixed() as Intl.StringNumericLiteral);
}
