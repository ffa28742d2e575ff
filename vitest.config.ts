import { defineConfig } from 'vitest/config'

/** `*.test.ts` is pure, `*.db.test.ts` has a database of its own, opened with the application's rights. */
export default defineConfig({
  test: {
    reporters: process.env['CI'] ? ['default'] : ['default'],
    coverage: { provider: 'v8', include: ['src/domain/**/*.ts'], exclude: ['**/*.test.ts'], reporter: ['text-summary'] },
    projects: [
      { test: { name: 'pure', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['**/*.db.test.ts'], isolate: false, testTimeout: 60_000 } },
      { test: { name: 'database', include: ['src/**/*.db.test.ts', 'test/**/*.db.test.ts'], globalSetup: ['test/cluster.ts'], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 2 } },
    ],
  },
})
