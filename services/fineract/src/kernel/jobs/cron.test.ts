import { describe, expect, test } from 'vitest';
import { isCronExpression, nextCronTime } from './cron.ts';

const after = new Date('2024-03-15T10:00:30Z'); // a Friday

describe("Quartz's cron expressions", () => {
  test.each([
    ['0 0 2 * * ?', '2024-03-16T02:00:00.000Z'],
    ['0 0 0 1/1 * ? *', '2024-03-16T00:00:00.000Z'],
    ['0 0/5 * * * ?', '2024-03-15T10:05:00.000Z'],
    ['0 0 12 ? * 1', '2024-03-17T12:00:00.000Z'], // 1 is Sunday
    ['0 0 12 ? * MON-FRI', '2024-03-15T12:00:00.000Z'],
    ['0 0 0 L * ?', '2024-03-31T00:00:00.000Z'],
    ['0 0 0 1 1 ? 2030', '2030-01-01T00:00:00.000Z'],
  ])('%s next comes at %s', (expression, expected) => {
    expect(nextCronTime(expression, 'UTC', after)?.toISOString()).toBe(expected);
  });

  test("counts in the tenant's zone, over a change of its clocks", () => {
    expect(nextCronTime('0 0 2 * * ?', 'Asia/Kolkata', after)?.toISOString()).toBe(
      '2024-03-15T20:30:00.000Z',
    );
    // 02:00 does not exist on that night in Berlin; the job still runs on it, once.
    const night = new Date('2024-03-30T12:00:00Z');
    expect(nextCronTime('0 0 2 * * ?', 'Europe/Berlin', night)?.toISOString()).toBe(
      '2024-03-31T01:00:00.000Z',
    );
  });

  test('a schedule that is over has no next time', () => {
    expect(nextCronTime('0 0 2 * * ? 2020', 'UTC', after)).toBeNull();
  });

  test.each(['', 'x', '0 0 2 * *', '60 0 2 * * ?', '0 0 2 * * ? 2020 1'])('%j is refused', (expression) => {
    expect(isCronExpression(expression)).toBe(false);
  });
});
