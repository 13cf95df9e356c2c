import { describe, expect, it } from 'vitest';
import { withClient } from '../databases.ts';
import { createTestDatabase, type TestTemplate } from './index.ts';

describe('createTestDatabase', () => {
  it('gives an empty database that is gone after drop', async () => {
    const database = await createTestDatabase();
    await withClient(database.url, (client) => client.query('CREATE TABLE thing (id int)'));
    await database.drop();
    await expect(withClient(database.url, (client) => client.query('SELECT 1'))).rejects.toThrow(
      /does not exist/,
    );
  });

  it('prepares a template once and gives independent copies', async () => {
    let prepared = 0;
    const template: TestTemplate = {
      name: 'testing_template',
      prepare: async (url) => {
        prepared += 1;
        await withClient(url, (client) => client.query('CREATE TABLE thing AS SELECT 7 AS id'));
      },
    };
    await using first = await createTestDatabase({ template });
    await using second = await createTestDatabase({ template });
    await withClient(first.url, (client) => client.query('DELETE FROM thing'));
    const { rows } = await withClient(second.url, (client) => client.query('SELECT id FROM thing'));
    expect(rows).toEqual([{ id: 7 }]);
    expect(prepared).toBe(1);
  });

  it('prepares anew when the preparation failed', async () => {
    const broken = { name: 'testing_broken', prepare: () => Promise.reject(new Error('no migration')) };
    await expect(createTestDatabase({ template: broken })).rejects.toThrow('no migration');
    await using database = await createTestDatabase({ template: { ...broken, prepare: async () => {} } });
    expect(database.name).toMatch(/^test_/);
  });
});
