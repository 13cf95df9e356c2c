import type { Domain } from '../kernel/index.ts';
import { commands } from './routes.ts';

export const imports: Domain = { name: 'imports', commands };
