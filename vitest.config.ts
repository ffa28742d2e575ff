import { defineConfig } from 'vitest/config'

/**
 * Three costs, three names: `*.test.ts` is pure, `*.db.test.ts` has a database of its own opened with the application's rights, `*.e2e.ts` a browser.
 * `vitest run --project pure` and so on runs one of them.
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          sequence: { groupOrder: 0 },
          include: ['{src,web,test,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          sequence: { groupOrder: 1 },
          include: ['{src,test,bench}/**/*.db.test.ts'],
          globalSetup: ['test/setup-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          include: ['{e2e,web,test}/**/*.e2e.ts'],
          globalSetup: ['test/setup-database.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/domain/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-kit.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      // The pure core is shown by pure tests alone.
      // A ratchet: the goal is 95; permit, card and employer are so far shown by the database stories alone.
      thresholds: { 'src/domain/**/*.ts': { lines: 79 } },
    },
  },
})
