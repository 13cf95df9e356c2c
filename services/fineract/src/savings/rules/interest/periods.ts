/** Posting and compounding periods. Financial years begin in January, Fineract's default. */
import { addDays, addMonths, firstOfMonth, type LocalDate, toParts } from '@fineract-gitops/dates';

/** Ids of both period types: 1 daily, 4 monthly, 5 quarterly, 6 half-yearly, 7 yearly. */
export const MONTHS_BY_PERIOD: Readonly<Record<number, number>> = { 4: 1, 5: 3, 6: 6, 7: 12 };

/**
 * The first day after the period of that type which contains `date`: the day on which Fineract posts the period's
 * interest. Periods end with calendar months, quarters, halves and years.
 */
export function postingDateAfter(date: LocalDate, periodType: number): LocalDate {
  if (periodType === 1) return addDays(date, 1);
  const months = MONTHS_BY_PERIOD[periodType];
  if (months === undefined) throw new RangeError(`no such period type: ${periodType}`);
  const [, month] = toParts(date);
  return addMonths(firstOfMonth(date), months - ((month - 1) % months));
}
