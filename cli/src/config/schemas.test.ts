import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBankFiles } from './bank-files.ts';
import { kinds } from './kinds/index.ts';
import { fileSchema } from './schemas.ts';
import { renderSchema } from './testing/render-schema.ts';

const bankConfig = new URL('../../../bank-config/', import.meta.url).pathname;

describe('the JSON Schemas that editors read', () => {
  // `vitest run -u cli/src/config/schemas.test.ts` writes them again.
  test.each(kinds.map((kind) => [kind.name, kind] as const))('%s is fresh', async (name, kind) => {
    await expect(renderSchema(fileSchema(kind))).toMatchFileSnapshot(
      join(bankConfig, 'schemas', `${name}.json`),
    );
  });

  test('explain every key', () => {
    const silent: string[] = [];
    const visit = (schema: Record<string, unknown>, path: string) => {
      const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>;
      for (const [name, each] of Object.entries(properties)) {
        if (!each['description'] && !each['properties']) silent.push(`${path}.${name}`);
        visit(each, `${path}.${name}`);
      }
      if (schema['items']) visit(schema['items'] as Record<string, unknown>, `${path}[]`);
    };
    for (const kind of kinds) visit(fileSchema(kind), kind.name);
    expect(silent).toEqual([]);
  });
});

describe.each(['demo', 'imports/berka/bank'])('bank-config/%s', (directory) => {
  const place = join(bankConfig, directory);

  test('is in order', () => {
    expect(readBankFiles([place]).length).toBeGreaterThan(0);
  });

  test('tells editors the schema of each file', () => {
    for (const name of readdirSync(place)) {
      const text = readFileSync(join(place, name), 'utf8');
      const kind = /^kind: (\w+)$/m.exec(text)?.[1];
      expect(text.split('\n')[0], name).toMatch(
        new RegExp(`^# yaml-language-server: \\$schema=[./]+/schemas/${kind}\\.json$`),
      );
    }
  });

  test('holds no secret', () => {
    for (const name of readdirSync(place)) {
      const text = readFileSync(join(place, name), 'utf8');
      for (const [, value] of text.matchAll(/password: (.+)/g)) expect(value).toMatch(/^\$\{[A-Z_]+\}$/);
    }
  });
});
