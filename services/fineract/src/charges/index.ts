import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export { savingsChargeOptions } from './queries.ts';

export const charges: Domain = { name: 'charges', commands, queries };
