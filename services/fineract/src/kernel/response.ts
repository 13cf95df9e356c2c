/** Small shapes that Fineract's answers are made of. */
import { type LocalDate, toParts } from '@fineract-gitops/dates';

export interface EnumOption {
  readonly id: number;
  readonly code: string;
  readonly value: string;
}

export function enumOption(id: number, code: string, value: string): EnumOption {
  return { id, code, value };
}

/** `[2024, 3, 1]`, or `undefined` (left out) for no date. */
export function dateParts(date: string | null | undefined): [number, number, number] | undefined {
  return date ? toParts(date as LocalDate) : undefined;
}

/** Fineract leaves null fields out. */
export function withoutNulls<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== null && field !== undefined),
  ) as Partial<T>;
}
