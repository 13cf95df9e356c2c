import type { Comparison, FieldChange } from '@fineract-gitops/platform/compare';

const widthMax = 80;

/** One value on one line, shortened where it is long. */
function shown(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll('\n', '⏎');
  return line.length > widthMax ? `${line.slice(0, widthMax)}…` : line;
}

const fieldLine = ({ path, before, after }: FieldChange): string =>
  `    ${path}: ${shown(before)} -> ${shown(after)}`;

/** A comparison as lines: what is gone, what is new, what changed field by field. */
export function showComparison({ removed, added, changed, same }: Comparison): string {
  return [
    ...removed.map((object) => `- ${object}`),
    ...added.map((object) => `+ ${object}`),
    ...changed.flatMap(({ object, fields }) => [`~ ${object}`, ...fields.map(fieldLine)]),
    `${added.length} new, ${removed.length} gone, ${changed.length} changed, ${same} the same.`,
  ].join('\n');
}

export const differs = ({ removed, added, changed }: Comparison): boolean =>
  removed.length + added.length + changed.length > 0;
