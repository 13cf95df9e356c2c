/** Cron expressions in Quartz's form, which Fineract's clients send: seconds first, `?`, 1 = Sunday, an optional year. */
import { Cron } from 'croner';

/**
 * The first time after `after` that the expression names, or `null` when there is none.
 *
 * @throws TypeError when it is no cron expression of six or seven fields
 */
export function nextCronTime(expression: string, timeZone: string, after: Date): Date | null {
  return parse(expression, timeZone).nextRun(after);
}

export function isCronExpression(expression: string): boolean {
  try {
    parse(expression, 'UTC');
    return true;
  } catch {
    return false;
  }
}

function parse(expression: string, timezone: string): Cron {
  return new Cron(expression, {
    timezone,
    paused: true,
    mode: '6-or-7-parts',
    alternativeWeekdays: true,
    sloppyRanges: true,
  });
}
