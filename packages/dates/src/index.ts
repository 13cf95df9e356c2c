export {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  firstOfNextMonth,
  isLeapYear,
  type LocalDate,
  lastOfMonth,
  localDate,
  todayIn,
  toParts,
} from './local-date.ts';
export { formatWithPattern, parseWithPattern } from './pattern.ts';
