/** Reads PromQL with Prometheus' own grammar, so that a query can be held against what is really exported. */

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** One selector of a query: the metric and the labels that its matchers name. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** A query that Prometheus would not take. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** Grafana fills these in before it asks. */
const filledIn = (query: string): string => query.replaceAll('$__rate_interval', '5m');

/**
 * Every selector of a query.
 * @throws QueryError when it is not PromQL, with the place.
 */
export function selectorsOf(query: string): readonly Selector[] {
  const text = filledIn(query);
  const read = ({ from, to }: { readonly from: number; readonly to: number }): string => text.slice(from, to);
  const selectors: Selector[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, node }) => {
      if (type.isError)
        throw new QueryError(`The query is not PromQL at character ${from + 1}: ${text.trim()}`);
      if (type.name === 'VectorSelector') selectors.push(selectorOf(node, read));
    },
  });
  return selectors;
}

function selectorOf(node: SyntaxNode, read: (node: SyntaxNode) => string): Selector {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const labels = matchers.flatMap((matcher) => {
    const label = matcher.getChild('LabelName');
    return label ? [read(label)] : [];
  });
  return { metric: name ? read(name) : '', labels };
}

/** Labels that a query groups or joins by. */
export function groupingLabelsOf(query: string): readonly string[] {
  const text = filledIn(query);
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, node }) => {
      if (type.name !== 'GroupingLabels') return;
      for (const label of node.getChildren('LabelName')) labels.push(text.slice(label.from, label.to));
    },
  });
  return labels;
}
