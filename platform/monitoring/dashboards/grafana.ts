/** Our dashboards in Grafana's JSON, by Grafana's own builders. */

import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Dashboard as GrafanaDashboard,
  type Panel as GrafanaPanel,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard, Panel } from './dashboard.ts';

/** Chosen at the top of the page, so that a dashboard fits any Prometheus. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own placeholder.
const source = { type: 'prometheus', uid: '${datasource}' };
const legend = new VizLegendOptionsBuilder()
  .showLegend(true)
  .displayMode(LegendDisplayMode.List)
  .placement(LegendPlacement.Bottom);
const linesHeight = 8;
const numberHeight = 4;

function panelOf(panel: Panel): Builder<GrafanaPanel> {
  const builder = panel.now
    ? new StatBuilder().height(numberHeight).span(6)
    : new LinesBuilder().height(linesHeight).span(12).min(0).legend(legend);
  builder.title(panel.title).unit(panel.unit).datasource(source);
  if (panel.about) builder.description(panel.about);
  panel.queries.forEach(({ expr, legend }, index) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .expr(expr)
      .legendFormat(legend);
    builder.withTarget(panel.now ? query.instant() : query.range());
  });
  return builder;
}

/** The JSON model that Grafana provisions. */
export function grafanaJson({ name, title, about, rows }: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(title)
    .uid(`fineract-${name}`)
    .description(about)
    .tags(['fineract'])
    .readonly()
    .refresh('1m')
    .time({ from: 'now-6h', to: 'now' })
    .timezone('utc')
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelOf(panel));
  }
  return numbered(builder.build());
}

/** Ids that differ, so that a panel can be linked to. */
function numbered(dashboard: GrafanaDashboard): GrafanaDashboard {
  return {
    ...dashboard,
    panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}

/** A line per panel: the file stays short, and a change shows which panel it is about. */
export function grafanaText(dashboard: Dashboard): string {
  const { panels = [], ...page } = grafanaJson(dashboard);
  const lines = panels.map((panel) => JSON.stringify(panel)).join(',\n');
  return `{\n"panels": [\n${lines}\n],\n${JSON.stringify(page, null, 1).slice(2)}\n`;
}
