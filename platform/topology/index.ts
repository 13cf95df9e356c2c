/** The door of the drawings. */

export { type Arrow, type Box, type Group, type Topology, topologyOf } from './graph.ts';
export { toMermaid } from './mermaid.ts';
export { toSvg } from './svg.ts';
