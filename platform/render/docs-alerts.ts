/** `docs/platform/alerts.md`: what each alert means and what to do first. */

import type { Model } from '../model/model.ts';
import { dashboards, exporters, ruleGroups, services } from '../monitoring/index.ts';
import { type Row, table } from './markdown.ts';

/** Prometheus fills labels and values in; a reader wants to see that something stands there. */
const readable = (sentence: string): string =>
  sentence.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, '*$1*').replaceAll(/\{\{ \$value[^}]*\}\}/g, '*n*');

export function alertsPage(model: Model): string {
  const groups = ruleGroups(model).map(({ name, about, alerts }) => {
    const rows = alerts.map(
      ({ alert, severity, summary, for: held, action }): Row => [
        `**${alert}**`,
        severity,
        held === '0m' ? 'at once' : held,
        readable(summary),
        action,
      ],
    );
    return `### ${name}\n\n${about}.\n\n${table(['alert', 'severity', 'after', 'means', 'first'], rows)}`;
  });
  const boards = dashboards(model).map(({ name, title, about }): Row => [title, `fineract-${name}`, about]);
  const sources = [...services, ...exporters].map(
    ({ components, source, metrics }): Row => [components.join(', '), metrics.length, source],
  );
  return [
    '# Dashboards and alerts',
    'Dashboards, alerts and their tests are code in `platform/monitoring`. `critical` wakes somebody; `warning` waits for the morning.',
    '## Dashboards',
    table(['dashboard', 'uid', 'shows'], boards),
    '## Alerts',
    ...groups,
    '## Where metrics come from',
    'A query for a metric or label that nothing exports is refused by `render`. Ours are compared with the running bank by `tests/e2e/metrics.test.ts`.',
    table(['component', 'metrics', 'known from'], sources),
  ].join('\n\n');
}
