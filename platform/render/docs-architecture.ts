/** `docs/platform/architecture.md`: the drawing of production, and who does what. */

import { environmentOf, type Model } from '../model/model.ts';
import { toMermaid, topologyOf } from '../topology/index.ts';
import { type Row, table } from './markdown.ts';

/** Scraping touches every box; without it the drawing shows how the bank works. */
export function architecturePage(model: Model): string {
  const topology = topologyOf(model, environmentOf(model, 'production'));
  const drawing = toMermaid({ ...topology, arrows: topology.arrows.filter(({ watching }) => !watching) });
  const rows = model.components.map(
    ({ name, box, layer, place, summary }): Row => [name, box ?? '', layer, place, summary],
  );
  return [
    '# Architecture',
    'Production on own servers, drawn from the model. Arrows show the port that the one side may open at the other; what Prometheus scrapes is left out here. `fineract-gitops topology <environment> --svg` draws any environment with everything.',
    `\`\`\`mermaid\n${drawing}\n\`\`\``,
    '## Components',
    table(['component', "the source's box", 'layer', 'namespace', 'what it does'], rows),
  ].join('\n\n');
}
