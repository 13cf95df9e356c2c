/** What requests on jobs may carry. */
import { body, f } from '../kernel/index.ts';

export const updateJobBody = body('schedulerjob', {
  displayName: f.text({ maxLength: 100, notBlank: true }),
  cronExpression: f.text({ maxLength: 100, notBlank: true }),
  active: f.boolean(),
});
export type UpdateJob = (typeof updateJobBody)['fields'];

export const noBody = body('schedulerjob', {});
export type NoBody = (typeof noBody)['fields'];
