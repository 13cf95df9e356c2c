export { type PdfColumn, tablePdf } from './table-pdf.ts';
