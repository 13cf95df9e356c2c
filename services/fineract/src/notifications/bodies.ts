import { body } from '../kernel/index.ts';

export const noBody = body('notification', {});
export type NoBody = (typeof noBody)['fields'];
