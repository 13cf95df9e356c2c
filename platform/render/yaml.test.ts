import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../disk.ts';
import { createModel } from '../model/model.ts';
import { textOf } from '../text.ts';
import { renderTree } from './index.ts';
import { yamlOf } from './yaml.ts';

test.each(['on', 'off', 'yes', 'no', 'y', '0440', '12:30', '2026-01-01', '1_000'])(
  'the text %s stays a text for readers of YAML 1.1',
  (text) => expect(parse(yamlOf({ text }), { version: '1.1' })).toEqual({ text }),
);

test('every file of the tree is read the same by YAML 1.1, which Argo CD and kubectl speak', () => {
  for (const file of renderTree(
    createModel(),
    readInputs(join(import.meta.dirname, '../../deploy')),
  ).values()) {
    const plain = JSON.parse(JSON.stringify(file.value));
    expect(parse(textOf(file), { version: '1.1', merge: false }), file.path).toEqual(plain);
  }
});
