import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createModel } from '../model/model.ts';
import { bumpImage } from './bump.ts';

const table = readFileSync(join(import.meta.dirname, '../model/images.ts'), 'utf8');
const seen = 'release page, 2026-11';
const publicImages = Object.entries(createModel().images).flatMap(([name, { origin }]) =>
  origin === 'public' ? [name] : [],
);

test.each(publicImages)('%s is bumped in its own entry and nowhere else', (name) => {
  const text = bumpImage(table, { name, tag: '99.9.9', seen });
  const changed = text.split('\n').filter((line, i) => line !== table.split('\n')[i]);
  expect(changed.join('\n')).toContain("'99.9.9'");
  expect(changed.join('\n')).toContain(seen);
  expect(changed.length).toBeLessThanOrEqual(2);
  expect(text.match(/99\.9\.9/g)).toHaveLength(1);
});

test('ours are bumped together', () =>
  expect(bumpImage(table, { name: 'ours', tag: '0.2.0', seen: '' })).toContain("const release = '0.2.0'"));

test.each([
  ['redis', 'latest', seen, /moves/],
  ['redis', 'stable', seen, /moves/],
  ['redis', 'alpine', seen, /moves/],
  ['redis', 'a tag', seen, /not a tag/],
  ['redis', '9.9.9', ' ', /Say in plain words where the tag was seen/],
  ['redis', '9.9.9', "it's", /Say in plain words/],
  ['nothing', '9.9.9', seen, /"nothing" is not a public image/],
  ['fineract', '9.9.9', seen, /"fineract" is not a public image/],
])('%s %s is refused', (name, tag, where, sentence) =>
  expect(() => bumpImage(table, { name, tag, seen: where })).toThrow(sentence),
);

test('every tag of the table was seen somewhere and names one version', () => {
  for (const [name, { tag, seen: where }] of Object.entries(createModel().images)) {
    expect(where.length, name).toBeGreaterThan(10);
    expect(() => bumpImage(table, { name: 'ours', tag, seen: '' }), name).not.toThrow(/moves|not a tag/);
  }
});
