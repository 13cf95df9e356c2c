/** A topology as SVG, laid out by Graphviz (its WebAssembly build, so nothing is installed). */

import { type Graph, instance } from '@viz-js/viz';
import type { Box, Topology } from './graph.ts';

const colours: Readonly<Record<Box['kind'], string>> = {
  program: '#e8f0fe',
  data: '#f3e8fd',
  job: '#fef7e0',
  outside: '#f1f3f4',
};
const shapes: Readonly<Record<Box['kind'], string>> = {
  program: 'box',
  data: 'cylinder',
  job: 'box',
  outside: 'plaintext',
};
const font = { fontname: 'Helvetica', fontsize: 11 };

function nodeOf({ name, title, detail, kind }: Box): NonNullable<Graph['nodes']>[number] {
  const lines = [title === name ? title : `${title}\n${name}`, wrapped(detail)];
  return {
    name,
    attributes: {
      label: lines.join('\n'),
      tooltip: detail,
      shape: shapes[kind],
      style: kind === 'job' ? 'filled,rounded' : 'filled',
      fillcolor: colours[kind],
    },
  };
}

/** Lines of about thirty letters, so that a summary does not make a box as wide as the page. */
const wrapped = (text: string): string => text.replaceAll(/(.{1,30})(?:\s+|$)/g, '$1\n').trimEnd();

export function toGraph({ environment, groups, arrows }: Topology): Graph {
  return {
    graphAttributes: {
      ...font,
      label: environment,
      labelloc: 't',
      rankdir: 'TB',
      newrank: true,
      ranksep: 0.9,
    },
    nodeAttributes: { ...font, color: '#5f6368' },
    edgeAttributes: { ...font, fontsize: 9, color: '#5f6368' },
    subgraphs: groups.map(({ layer, title, boxes }) => ({
      name: `cluster_${layer}`,
      graphAttributes: { label: title, style: 'rounded', color: '#bdc1c6' },
      nodes: boxes.map(nodeOf),
    })),
    edges: arrows.map(({ from, to, ports, whys, watching }) => ({
      tail: from,
      head: to,
      attributes: {
        tooltip: whys.join('; '),
        ...(watching
          ? { style: 'dashed', color: '#bdc1c6', constraint: false }
          : { label: ports.join(', ') }),
      },
    })),
  };
}

/** The drawing as a page-independent SVG text. */
export async function toSvg(topology: Topology): Promise<string> {
  const viz = await instance();
  return viz.renderString(toGraph(topology), { format: 'svg', engine: 'dot' });
}
