/** HTTP shape of notifications: Fineract's tray, and the deliveries of messages to customers. */
import { command, query } from '../kernel/index.ts';
import { noBody } from './bodies.ts';
import { retryDelivery } from './commands.ts';
import { listDeliveries, listTray } from './queries.ts';

const grouping = 'notification';

export const commands = [
  command({
    method: 'POST',
    path: '/notifications/deliveries/:deliveryId',
    command: 'retry',
    action: 'RETRY',
    entity: 'NOTIFICATION',
    grouping,
    summary: 'Send a message again that failed or is uncertain',
    body: noBody,
    event: 'notification.retried',
    run: retryDelivery,
  }),
];

export const queries = [
  query({
    path: '/notifications',
    summary: "The user's own notices",
    grouping,
    permission: null,
    parameters: ['isRead', 'offset', 'limit', 'orderBy', 'sortOrder'],
    run: listTray,
  }),
  query({
    path: '/notifications/deliveries',
    summary: 'List messages to customers and what became of them',
    grouping,
    permission: 'READ_NOTIFICATION',
    parameters: ['status', 'channel', 'clientId', 'offset', 'limit', 'orderBy', 'sortOrder'],
    run: listDeliveries,
  }),
];
