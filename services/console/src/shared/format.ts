/** How amounts and dates look; amounts are formatted from their exact text. */
import type { Amount, DateParts } from './api.ts';

export interface Currency {
  readonly code: string;
  readonly decimalPlaces: number;
}

export function formatAmount(amount: Amount | undefined, currency: Currency): string {
  const format = new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency: currency.code,
    minimumFractionDigits: currency.decimalPlaces,
    maximumFractionDigits: currency.decimalPlaces,
  });
  return format.format((amount ?? 0) as Intl.StringNumericLiteral);
}

export function formatDate(parts: DateParts | undefined): string {
  if (!parts) return '—';
  const [year, month, day] = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

export function isoDate([year, month, day]: DateParts): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
