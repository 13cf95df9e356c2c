import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export { type Charge, chargeBody, requireCharge, savingsChargeOptions } from './queries.ts';
export { ChargeTime } from './rules.ts';

export const charges: Domain = { name: 'charges', commands, queries };
