import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export { startDelivery } from './delivery.ts';
export { enqueueNotifications } from './enqueue.ts';

export const notifications: Domain = { name: 'notifications', commands, queries };
