import type { Domain } from '../kernel/index.ts';
import { commands, queries } from './routes.ts';

export { type DeliveryWorker, startDelivery } from './delivery.ts';
export { enqueueNotifications } from './enqueue.ts';
export type { InterestPosted } from './templates.ts';

export const notifications: Domain = { name: 'notifications', commands, queries };
