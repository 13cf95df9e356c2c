/** A topology as Mermaid, which Git servers draw inside a page. */

import type { Box, Topology } from './graph.ts';

/** Mermaid reads some words as its own (`end`, `graph`), so ids carry a prefix. */
const id = (name: string): string => `c_${name.replaceAll('-', '_')}`;
const text = (value: string): string => value.replaceAll('"', '&quot;');

const shapes: Readonly<Record<Box['kind'], readonly [open: string, close: string]>> = {
  program: ['[', ']'],
  data: ['[(', ')]'],
  job: ['([', '])'],
  outside: ['>', ']'],
};

function boxLine({ name, title, detail, kind }: Box): string {
  const [open, close] = shapes[kind];
  const named = title === name ? title : `${title}<br/>${name}`;
  return `    ${id(name)}${open}"${text(`${named}<br/>${detail}`)}"${close}`;
}

/** The whole drawing. */
export function toMermaid({ groups, arrows }: Topology): string {
  const boxes = groups.flatMap(({ layer, title, boxes: inside }) => [
    `  subgraph layer_${layer} ["${text(title)}"]`,
    ...inside.map(boxLine),
    '  end',
  ]);
  const lines = arrows.map(({ from, to, ports, watching }) => {
    const label = ports.join(', ');
    return watching ? `  ${id(from)} -. ${label} .-> ${id(to)}` : `  ${id(from)} -->|${label}| ${id(to)}`;
  });
  return ['graph TB', ...boxes, ...lines].join('\n');
}
