/**
 * The bank's calendar: with the configuration `enable-business-date` off, both dates are today in the tenant's zone; with
 * it on, the stored dates win. "Not in the future" always means the business date.
 */
import { addDays, type LocalDate, todayIn } from '@fineract-gitops/dates';
import { type Queryable, sql } from '@fineract-gitops/db';

export interface BusinessDates {
  readonly businessDate: LocalDate;
  readonly cobDate: LocalDate;
  /** Whether stored dates are in force. */
  readonly enabled: boolean;
}

interface BusinessDateRow {
  enabled: boolean;
  business_date: LocalDate | null;
  cob_date: LocalDate | null;
}

export async function readBusinessDates(db: Queryable, timeZone: string): Promise<BusinessDates> {
  const row = await db.row<BusinessDateRow>(sql`
    select coalesce((select enabled from configurations where name = 'enable-business-date'), false) as enabled,
           (select date from business_dates where type = 'BUSINESS_DATE') as business_date,
           (select date from business_dates where type = 'COB_DATE') as cob_date`);
  const today = todayIn(timeZone);
  if (!row.enabled) return { businessDate: today, cobDate: today, enabled: false };
  const businessDate = row.business_date ?? today;
  return { businessDate, cobDate: row.cob_date ?? addDays(businessDate, -1), enabled: true };
}
