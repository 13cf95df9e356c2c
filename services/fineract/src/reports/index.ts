export { type PdfColumn, type TablePdf, tablePdf } from './table-pdf.ts';
