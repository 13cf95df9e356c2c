/** How long the renderer takes for all nine environments: `node bench/render.ts [--rounds N] [--json]`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModel, readInputs, renderTree, textsOf, writeTree } from '../platform/index.ts';
import { readOptions } from './support/compare.ts';

const { rounds, json } = readOptions();
const deploy = join(import.meta.dirname, '../deploy');
const inputs = readInputs(deploy);
const folder = mkdtempSync(join(tmpdir(), 'fineract-bench-render-'));

/** Seconds of each step, the last ones of warm runs. */
const steps: Readonly<Record<string, () => unknown>> = {
  'render in memory': () => renderTree(createModel(), inputs),
  'render to text': () => textsOf(renderTree(createModel(), inputs)),
  'render to a fresh folder': () => {
    rmSync(folder, { recursive: true, force: true });
    return writeTree(folder, createModel(), inputs);
  },
  'render where nothing changed': () => writeTree(folder, createModel(), inputs),
};

function seconds(step: () => unknown): number {
  const startedAt = performance.now();
  step();
  return (performance.now() - startedAt) / 1000;
}

const files = textsOf(renderTree(createModel(), inputs)).size;
const results = Object.entries(steps).map(([name, step]) => {
  const [first = 0, ...warm] = Array.from({ length: rounds }, () => seconds(step));
  const sorted = warm.toSorted((a, b) => a - b);
  const rounded = (value = 0): number => Math.round(value * 1000) / 1000;
  return { name, firstSeconds: rounded(first), medianSeconds: rounded(sorted[sorted.length >> 1]) };
});
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  json
    ? `${JSON.stringify({ environments: createModel().environments.length, files, results })}\n`
    : `${createModel().environments.length} environments, ${files} files\n${results
        .map(
          ({ name, firstSeconds, medianSeconds }) =>
            `${name}: first ${firstSeconds} s, median ${medianSeconds} s`,
        )
        .join('\n')}\n`,
);
