/** The report of an import as people read it; as JSON it is written whole. */
import Table from 'cli-table3';
import type { Reconciliation } from './reconcile.ts';
import type { ImportOutcome } from './run-import.ts';

const SHOWN_MAX = 10;

export function formatOutcome({ reconciliation, seconds, dryRun }: ImportOutcome): string {
  const { counts, totals, rejected } = reconciliation;
  const parts = [countsTable(counts), rejectedText(rejected)];
  if (!dryRun) parts.push(totals.length > 0 ? totalsTable(totals) : '', balancesText(reconciliation));
  parts.push(verdict(reconciliation, dryRun, seconds));
  return parts.filter((part) => part !== '').join('\n\n');
}

const plain = { style: { head: [], border: [] } };

function countsTable(counts: Reconciliation['counts']): string {
  const table = new Table({
    ...plain,
    head: ['', 'file', 'rows', 'left out', 'rejected', 'imported now', 'there before', 'refused by the bank'],
  });
  for (const each of counts) {
    table.push([
      each.entity,
      each.file,
      each.read,
      each.leftOutByMapping,
      each.rejected,
      each.importedNow,
      each.thereBefore,
      each.refusedByBank,
    ]);
  }
  return table.toString();
}

function totalsTable(totals: Reconciliation['totals']): string {
  const table = new Table({ ...plain, head: ['type', 'source', 'amount', 'bank', 'amount'] });
  for (const { type, source, bank } of totals) {
    table.push([type, source.count, source.amount.toFixed(2), bank.count, bank.amount.toFixed(2)]);
  }
  return table.toString();
}

function rejectedText(rejected: Reconciliation['rejected']): string {
  if (rejected.length === 0) return '';
  const lines = rejected.slice(0, SHOWN_MAX).map(({ at, reason }) => `${at}: ${reason}`);
  return [`Rejected rows: ${rejected.length}`, ...lines, ...more(rejected.length)].join('\n');
}

function balancesText({
  accountDays,
  accounts,
  differences,
  overdrawn,
  tolerance,
  unexpectedBalances,
}: Reconciliation): string {
  const agree = accountDays - differences.length;
  const lines = [
    `Balances at the end of ${accountDays} account-days of ${accounts.length} accounts: ${agree} agree within ${tolerance.toFixed(2)}, ${differences.length} differ.`,
    ...differences
      .slice(0, SHOWN_MAX)
      .map(
        ({ at, account, day, computed, source }) =>
          `${at}: ${account} on ${day}: bank ${computed?.toFixed(2) ?? 'has none'}, source ${source.toFixed(2)}`,
      ),
    ...more(differences.length),
  ];
  if (overdrawn.length > 0)
    lines.push(`Overdrawn at some time: ${overdrawn.length} accounts, as in the source.`);
  if (unexpectedBalances.length > 0) {
    lines.push(
      `Accounts without transactions in the source that have a balance: ${unexpectedBalances.length}.`,
    );
  }
  return lines.join('\n');
}

function more(count: number): string[] {
  return count > SHOWN_MAX ? [`… and ${count - SHOWN_MAX} more; --report writes them all.`] : [];
}

function verdict({ reconciled, rejected }: Reconciliation, dryRun: boolean, seconds: number): string {
  const took = `${seconds.toFixed(1)} s`;
  if (dryRun) {
    return rejected.length === 0
      ? `Every row can be imported (${took}). Nothing was sent.`
      : `Nothing was sent (${took}). Correct the rows, or leave them out with --skip-rejected.`;
  }
  return reconciled ? `The import reconciles (${took}).` : `The import does NOT reconcile (${took}).`;
}
