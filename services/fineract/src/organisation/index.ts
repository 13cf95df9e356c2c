import type { Domain } from '../kernel/index.ts';
import { moneyCommands, moneyQueries } from './routes/money.ts';
import { officeCommands, officeQueries } from './routes/offices.ts';
import { staffCommands, staffQueries } from './routes/staff.ts';

export { createOffice } from './commands/offices.ts';
export { requireCurrency, selectedCurrencies } from './queries/currencies.ts';
export { officeOptions, requireOffice } from './queries/offices.ts';
export { paymentTypeOptions } from './queries/payment-types.ts';
export { requireStaff, requireStaffServing, staffOptions } from './queries/staff.ts';
export { type Currency, currencyBody } from './rules.ts';

export const organisation: Domain = {
  name: 'organisation',
  commands: [...officeCommands, ...staffCommands, ...moneyCommands],
  queries: [...officeQueries, ...staffQueries, ...moneyQueries],
};
