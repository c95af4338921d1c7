import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By default one processor would stay idle, and there may be only two.
    maxWorkers: '100%',
    reporters: ['default', './tools/vitest-plain-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.ts',
            'examples/*/src/**/*.test.ts',
            'sim/*.test.ts',
            'fuzz/**/*.test.ts',
            'soak/overload.test.ts',
            // Waits most of its time, for bytes that nobody reads.
            'soak/readers.test.ts',
            'tools/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'batches',
          include: ['sim/batch/**/*.test.ts', 'soak/soak.test.ts'],
          testTimeout: 900_000,
          // One at a time: each takes all processors.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['./tools/build-pages.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          // After the others and one at a time: these start real processes and time how soon they serve.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
