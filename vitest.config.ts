import { defineConfig } from 'vitest/config';
import LongestFirst from './tools/vitest-longest-first.ts';

/** End-to-end tests that fail when a venue, or its history, serves too late. */
const TIMED = ['api-client', 'damage', 'newcomer', 'power-cut'].map((name) => `e2e/${name}.test.ts`);

export default defineConfig({
  test: {
    // By default one processor would stay idle, and there may be only two.
    maxWorkers: '100%',
    reporters: ['default', './tools/vitest-plain-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          // Files share a worker's modules: loading those of a package anew for each of its files took a quarter of the time.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: [
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
          exclude: TIMED,
          globalSetup: ['./tools/build-pages.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: TIMED,
          globalSetup: ['./tools/build-pages.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          // After the others and one at a time.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
