import { defineConfig } from 'vitest/config';

/** Journeys start the whole bank, so they run one after another and take their time. */
const journeys = ['e2e', 'browser', 'faults', 'interop'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,services,platform,cli,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['packages/local-postgres/src/testing/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      ...journeys.map((name) => ({
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      })),
    ],
  },
});
