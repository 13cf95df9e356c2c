import { buffer } from 'node:stream/consumers';
import type { LocalDate } from '@fineract-gitops/dates';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { type TablePdf, tablePdf } from './table-pdf.ts';

function table(rows: Iterable<readonly string[]>, overrides: Partial<TablePdf> = {}): TablePdf {
  return {
    title: 'A table',
    about: ['Business date: 2024-03-15'],
    columns: [
      { header: 'Account', weight: 1 },
      { header: 'Client', weight: 2 },
      { header: 'Amount', weight: 1, align: 'right' },
    ],
    rows: (async function* () {
      yield* rows;
    })(),
    totals: () => [['Total', '', '1.00']],
    empty: 'There is nothing.',
    date: '2024-03-15' as LocalDate,
    ...overrides,
  };
}

const bytesOf = async (of: TablePdf) => buffer(await tablePdf(of));
const pagesOf = async (bytes: Buffer) => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
  return text;
};

describe('a table as PDF', () => {
  test('reads back: title, headers on each page, rows, totals, page numbers', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => [`A${index}`, `Client ${index}`, `${index}.00`]);
    const pages = await pagesOf(await bytesOf(table(rows)));
    expect(pages).toHaveLength(3);
    expect(pages[0]).toContain('A table');
    expect(pages[0]).toContain('Business date: 2024-03-15');
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Account');
      expect(page).toContain(`Page ${index + 1}`);
    }
    const all = pages.join('\n');
    for (const [account, client] of rows) expect(all).toMatch(new RegExp(`${account}\\s+${client}`));
    expect(pages[2]).toMatch(/Total\s+1\.00/);
  });

  test('shows letters of other alphabets, and cuts what is too long', async () => {
    const [page] = await pagesOf(
      await bytesOf(
        table([
          ['1', 'Владимир Ильич', '1.00'],
          ['2', 'Żółć Łódź', '2.00'],
          ['3', 'W'.repeat(200), '3.00'],
        ]),
      ),
    );
    expect(page).toContain('Владимир Ильич');
    expect(page).toContain('Żółć Łódź');
    expect(page).toContain('…');
  });

  test('says when there are no rows', async () => {
    const [page] = await pagesOf(await bytesOf(table([], { totals: () => [] })));
    expect(page).toContain('There is nothing.');
  });

  test('makes the same bytes of the same rows', async () => {
    const rows = [['1', 'Żółć', '1.00']];
    const [first, second] = await Promise.all([bytesOf(table(rows)), bytesOf(table(rows))]);
    expect(first.equals(second)).toBe(true);
  });

  test('fails the stream when the rows fail or the work is stopped', async () => {
    const broken = (async function* () {
      yield ['1', 'x', '1'];
      throw new Error('the rows ended early');
    })();
    await expect(bytesOf(table([], { rows: broken }))).rejects.toThrow('the rows ended early');
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(bytesOf(table([['1', 'x', '1']], { signal }))).rejects.toThrow('stopping');
  });

  test('needs no more memory for many rows', async () => {
    let drawn = 0;
    const rows = (async function* () {
      for (; drawn < 30_000; drawn++) yield [`${drawn}`, `Client ${drawn}`, `${drawn}.00`];
    })();
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    let bytes = 0;
    for await (const chunk of await tablePdf(table([], { rows }))) {
      bytes += (chunk as Buffer).length;
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(drawn).toBe(30_000);
    expect(bytes).toBeGreaterThan(300_000);
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });
});
