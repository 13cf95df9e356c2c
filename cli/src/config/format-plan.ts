/** A plan as people read it. */
import { setChanges } from './differences.ts';
import type { Difference } from './kind.ts';
import type { Plan } from './plan.ts';
import { formatPosition } from './problem.ts';

export function formatPlan({ changes, unchanged }: Plan): string {
  if (changes.length === 0) return `No changes. The bank is as the files say (${unchanged} items).`;
  const blocks = changes.map(({ action, declared, differences }) => {
    const { file, line } = declared.positionOf();
    const sign = action === 'create' ? '+' : '~';
    const head = `${sign} ${declared.kind.noun} "${declared.key}"  (${file}:${line})`;
    return [head, ...differences.map((each) => `    ${formatDifference(each, action)}`)].join('\n');
  });
  return `${blocks.join('\n')}\n\n${summary({ changes, unchanged })}`;
}

function summary({ changes, unchanged }: Pick<Plan, 'changes' | 'unchanged'>): string {
  const created = changes.filter(({ action }) => action === 'create').length;
  return `Plan: ${created} to create, ${changes.length - created} to change, ${unchanged} as they should be.`;
}

/** The plan for programs: what `--json` prints. */
export function planData({ changes, unchanged }: Plan): object {
  return {
    changes: changes.map(({ action, declared, differences }) => ({
      action,
      kind: declared.kind.name,
      key: declared.key,
      at: formatPosition(declared.positionOf()),
      differences,
    })),
    unchanged,
  };
}

function formatDifference({ path, from, to }: Difference, action: 'create' | 'update'): string {
  if (action === 'create') return `${path}: ${show(to)}`;
  if (Array.isArray(from) && Array.isArray(to)) {
    const { removed, added } = setChanges(from, to);
    return `${path}: ${[...removed.map((each) => `-${show(each)}`), ...added.map((each) => `+${show(each)}`)].join(' ')}`;
  }
  return from === undefined ? `${path}: + ${show(to)}` : `${path}: ${show(from)} → ${show(to)}`;
}

function show(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ');
  if (Array.isArray(value)) return `${value.length} entries`;
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, each]) => `${name} ${show(each)}`)
      .join(', ');
  }
  return String(value);
}
