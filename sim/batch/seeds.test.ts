import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runBatch } from './batch.ts';
import { unseen } from './print.ts';

/** Where the batch begins; any other place would do. */
const FROM = 1;
const SEEDS = 2_000;

describe('a batch of seeds', () => {
  it(`finds nothing in ${SEEDS} runs with faults on ${availableParallelism()} threads, and reaches all that it is to reach`, async () => {
    const batch = await runBatch({ from: FROM, seeds: SEEDS });
    expect(batch.failures).toEqual([]);
    expect(batch.seeds).toBe(SEEDS);
    expect(unseen(batch)).toEqual([]);
  });
});
