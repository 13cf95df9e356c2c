/** The list of dashboards. A new one is a file, a line here and its name in the model (`dashboardNames`). */

import type { Model } from '../../model/model.ts';
import type { Engine } from '../../model/types.ts';
import { api } from './api.ts';
import { bank } from './bank.ts';
import type { Dashboard } from './dashboard.ts';
import { gateway } from './gateway.ts';
import { identity } from './identity.ts';
import { jobs } from './jobs.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';

export type { Dashboard } from './dashboard.ts';
export { grafanaJson, grafanaText } from './grafana.ts';

const all: readonly Dashboard[] = [bank, api, jobs, gateway, identity, postgresql, redis];

/** The dashboards that make sense for who answers Fineract's API. */
export function dashboards({ engine }: Pick<Model, 'engine'>): readonly Dashboard[] {
  const fits = (part: { readonly engine?: Engine }): boolean => !part.engine || part.engine === engine;
  return all.filter(fits).map((dashboard) => ({ ...dashboard, rows: dashboard.rows.filter(fits) }));
}
