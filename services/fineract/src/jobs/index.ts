import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export const jobs: Domain = { name: 'jobs', commands, queries };
