/** The list of rule groups. A new group is a file, a line here and a test file `tests/<group>.yaml`. */

import type { Model } from '../../model/model.ts';
import { api } from './api.ts';
import { bank } from './bank.ts';
import { gateway } from './gateway.ts';
import type { RuleGroup } from './group.ts';
import { identity } from './identity.ts';
import { jobs } from './jobs.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';
import { targets } from './targets.ts';

export type { Alert, RuleGroup } from './group.ts';

/** The groups that make sense for who answers Fineract's API. */
export const ruleGroups = ({ engine }: Pick<Model, 'engine'>): readonly RuleGroup[] =>
  [targets, api(engine), gateway, bank, jobs, identity, postgresql, redis].filter(
    (group) => !group.engine || group.engine === engine,
  );

/** A group in Prometheus' own form, as its rule files and the operator's resource have it. */
export function ruleGroupOf({ name, recordings = [], alerts }: RuleGroup) {
  return {
    name: `fineract-${name}`,
    rules: [
      ...recordings.map(({ record, expr }) => ({ record, expr })),
      ...alerts.map(({ alert, expr, for: held, severity, summary, action }) => ({
        alert,
        expr,
        for: held,
        labels: { severity },
        annotations: { summary, action },
      })),
    ],
  };
}
