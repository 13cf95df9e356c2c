import { Decimal } from '@fineract-gitops/money';

/** A size as people read it: `1.4 MB`. */
export function formatSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let [size, unit] = [bytes, 0];
  for (; size >= 1000 && unit < units.length - 1; unit += 1) size /= 1000;
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** An exact amount without the zeros that the column's scale adds: `1250.5`. */
export const formatAmount = (amount: string): string => new Decimal(amount).toFixed();
