import { describe, expect, it } from 'vitest';
import { missingOutcomes } from '../packages/core/src/testing/oracle/outcomes.ts';
import { CLOSE_WATCH, FAST_WATCH } from '../packages/core/src/testing/oracle/whole-exchange.ts';
import { runVenues } from './venues.ts';

const SEED = 1;

describe('the core beside the oracle', () => {
  it('agrees in a million commands, in which everything has happened that can', async () => {
    const { finding, commands, seen, drift } = await runVenues({
      commands: 1_000_000,
      seed: SEED,
      each: 50_000,
      market: undefined,
      watch: FAST_WATCH,
      onVenue: () => undefined,
    });
    expect(finding?.fault).toBeUndefined();
    expect(commands).toBe(1_000_000);
    expect(drift).toBe(0n);
    expect(missingOutcomes(seen)).toEqual([]);
  });

  it('agrees with the core of the naive books too, closely watched', async () => {
    const { finding, commands, drift } = await runVenues({
      commands: 60_000,
      seed: SEED,
      each: 20_000,
      market: undefined,
      watch: CLOSE_WATCH,
      onVenue: () => undefined,
    });
    expect(finding?.fault).toBeUndefined();
    expect(commands).toBe(60_000);
    expect(drift).toBe(0n);
  });
});
