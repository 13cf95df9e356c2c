/** The door of monitoring: dashboards, alert rules, and the check that both ask for what exists. */

export { type Alert, type RuleGroup, ruleGroupOf, ruleGroups } from './alerts/index.ts';
export { checkQueries, queriesOf, seriesOf } from './check.ts';
export { type Dashboard, dashboards, grafanaJson, grafanaText } from './dashboards/index.ts';
export { type ExportedMetric, type Exporter, exporters, services } from './exported.ts';
