/**
 * A table as a PDF of any length. Rows are drawn as they come and pages leave as they fill, so a hundred thousand rows
 * need no more memory than one page; the same rows make the same bytes.
 */
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LocalDate } from '@fineract-gitops/dates';

export interface PdfColumn {
  readonly header: string;
  /** Share of the page's width. */
  readonly weight: number;
  readonly align?: 'left' | 'right';
}

export interface TablePdf {
  readonly title: string;
  /** Lines below the title. */
  readonly about: readonly string[];
  readonly columns: readonly PdfColumn[];
  readonly rows: AsyncIterable<readonly string[]>;
  /** Asked for when the last row is drawn; one line per total, cells as in a row. */
  readonly totals: () => readonly (readonly string[])[];
  /** What stands in place of rows when there are none. */
  readonly empty: string;
  /** The document's date: its bytes must not depend on when they were made. */
  readonly date: LocalDate;
  readonly signal?: AbortSignal;
}

const MARGIN = 40;
const ROW_HEIGHT = 14;
const CELL_GAP = 6;
const FONT_SIZE = 8.5;
const BUFFERED_BYTES_MAX = 512 * 1024;

type Document = PDFKit.PDFDocument;

/** Starts drawing; the stream fails with whatever stops the rows. */
export async function tablePdf(table: TablePdf): Promise<Readable> {
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    autoFirstPage: false,
    // Laid out names would be remembered for ever, one by one.
    fontLayoutCache: false,
    info: { Title: table.title, CreationDate: new Date(`${table.date}T00:00:00Z`) },
  } as PDFKit.PDFDocumentOptions);
  const stream = document as unknown as Readable;
  draw(document, stream, table).catch((error: Error) => stream.destroy(error));
  return stream;
}

async function draw(document: Document, stream: Readable, table: TablePdf): Promise<void> {
  const sheet = openSheet(document, table);
  let rows = 0;
  for await (const row of table.rows) {
    table.signal?.throwIfAborted();
    if (stream.destroyed) return;
    if (sheet.isFull()) {
      sheet.newPage();
      while (stream.readableLength > BUFFERED_BYTES_MAX && !stream.destroyed) await sleep(5);
    }
    sheet.drawRow(row);
    rows += 1;
  }
  if (rows === 0) sheet.drawLine(table.empty);
  for (const total of table.totals()) {
    if (sheet.isFull()) sheet.newPage();
    sheet.drawRow(total, { bold: true });
  }
  document.end();
}

interface Sheet {
  isFull(): boolean;
  newPage(): void;
  drawLine(text: string): void;
  drawRow(cells: readonly string[], style?: { readonly bold?: boolean }): void;
}

function openSheet(document: Document, table: TablePdf): Sheet {
  const fonts = fontsOf(document);
  let page = 0;
  let y = 0;
  const columns = (): Placed[] => placeColumns(document, table.columns);
  const sheet: Sheet = {
    isFull: () => y + ROW_HEIGHT > document.page.height - MARGIN - ROW_HEIGHT,
    newPage() {
      document.addPage();
      page += 1;
      y = MARGIN;
      if (page === 1) {
        fonts.use(table.title, { bold: true, size: 15 });
        document.text(table.title, MARGIN, y, { lineBreak: false });
        y += 24;
        for (const line of table.about) sheet.drawLine(line);
        y += ROW_HEIGHT / 2;
      }
      sheet.drawRow(
        table.columns.map(({ header }) => header),
        { bold: true },
      );
      const right = document.page.width - MARGIN;
      document
        .moveTo(MARGIN, y - 3)
        .lineTo(right, y - 3)
        .lineWidth(0.5)
        .stroke();
      drawPageNumber(document, fonts, page);
    },
    drawLine(text) {
      fonts.use(text, {});
      document.text(text, MARGIN, y, { lineBreak: false });
      y += ROW_HEIGHT;
    },
    drawRow(cells, { bold = false } = {}) {
      for (const [index, { left, width, align }] of columns().entries()) {
        const text = cells[index] ?? '';
        if (text === '') continue;
        fonts.use(text, { bold });
        const shown = fitted(document, text, width);
        const indent = align === 'right' ? width - document.widthOfString(shown) : 0;
        document.text(shown, left + indent, y, { lineBreak: false });
      }
      y += ROW_HEIGHT;
    },
  };
  sheet.newPage();
  return sheet;
}

function drawPageNumber(document: Document, fonts: Fonts, page: number): void {
  const text = `Page ${page}`;
  fonts.use(text, {});
  const left = document.page.width - MARGIN - document.widthOfString(text);
  document.text(text, left, document.page.height - MARGIN - FONT_SIZE, { lineBreak: false });
}

interface Placed {
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

function placeColumns(document: Document, columns: readonly PdfColumn[]): Placed[] {
  const all = columns.reduce((sum, { weight }) => sum + weight, 0);
  const available = document.page.width - 2 * MARGIN;
  let left = MARGIN;
  return columns.map(({ weight, align = 'left' }) => {
    const share = (available * weight) / all;
    const placed = { left, width: share - CELL_GAP, align };
    left += share;
    return placed;
  });
}

/** Cuts what does not fit, and shows that it was cut. */
function fitted(document: Document, text: string, width: number): string {
  if (document.widthOfString(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && document.widthOfString(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('')}…`;
}

interface Fonts {
  use(text: string, style: { readonly bold?: boolean; readonly size?: number }): void;
}

// What the fonts that every PDF reader has can show; other letters need a font inside the file.
const WESTERN = /^[\x20-\x7e\xa0-\xff…–—‘’“”€•]*$/;

function fontsOf(document: Document): Fonts {
  document.registerFont('wide', fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
  document.registerFont(
    'wide bold',
    fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  );
  return {
    use(text, { bold = false, size = FONT_SIZE }) {
      const western = WESTERN.test(text);
      const name = western ? (bold ? 'Helvetica-Bold' : 'Helvetica') : bold ? 'wide bold' : 'wide';
      document.font(name).fontSize(size);
    },
  };
}
