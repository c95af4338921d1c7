import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runBatch } from './batch/batch.ts';
import { unseen } from './batch/print.ts';
import { CANARIES } from './canaries/list.ts';
import { EXPECTED } from './checks/sights.ts';
import { Counters } from './machine/counters.ts';
import { Host, Scheduler } from './machine/scheduler.ts';
import { runSeed } from './run.ts';

/** Seeds that once found a bug in the venue, by what they found. */
const KEPT_SEEDS: readonly (readonly [seed: number, found: string])[] = [
  [3791, 'a sector of a block that was written in part, by a short write, and the next one whole'],
  [9188, 'a write that is refused for want of room is answered when there is room again'],
];
/** One of each kind: durability, matching, what a snapshot holds. */
const CANARIES_IN_TESTS = ['ack-before-sync', 'price-reach-exclusive', 'premium-not-in-snapshot'];

describe('scheduler', () => {
  it('runs events by time, at one time in the order in which they were made', async () => {
    const scheduler = new Scheduler();
    const order: string[] = [];
    for (const [delayUs, name] of [
      [5, 'b'],
      [1, 'a'],
      [5, 'c'],
      [9, 'd'],
    ] as const)
      scheduler.after(delayUs, () => order.push(`${name}@${scheduler.nowUs}`));
    await scheduler.runUntil(() => order.length === 4);
    expect(order).toEqual(['a@1', 'b@5', 'c@5', 'd@9']);
  });

  it('holds back what belongs to a paused process and drops what belongs to a dead one', async () => {
    const scheduler = new Scheduler();
    const paused = new Host();
    const dead = new Host();
    const order: string[] = [];
    paused.pausedUntilUs = 50;
    dead.isAlive = false;
    scheduler.after(1, () => order.push('paused'), paused);
    scheduler.after(2, () => order.push('dead'), dead);
    scheduler.after(10, () => order.push('other'));
    await scheduler.runUntil(() => order.length === 2);
    expect(order).toEqual(['other', 'paused']);
    expect(scheduler.nowUs).toBe(50);
  });

  it('ends with the first error of work that nobody waits for, and when nothing is left', async () => {
    const scheduler = new Scheduler();
    await expect(scheduler.runUntil(() => false)).rejects.toThrow('nothing is left to happen');
    scheduler.spawn(() => Promise.reject(new Error('broken')));
    await expect(scheduler.runUntil(() => false)).rejects.toThrow('broken');
  });
});

describe('simulator', () => {
  it('is a function of the seed: the same trace twice, in this thread and in another, and another one for another seed', async () => {
    const first = await runSeed(3);
    const second = await runSeed(3);
    expect(second).toEqual(first);
    const elsewhere: string[] = [];
    await runBatch({ from: 3, seeds: 1, onReport: ({ traceHash }) => elsewhere.push(traceHash) });
    expect(elsewhere).toEqual([first.traceHash]);
    expect((await runSeed(4)).traceHash).not.toBe(first.traceHash);
  });

  it.each(KEPT_SEEDS)('seed %i: %s', async (seed) => {
    expect((await runSeed(seed)).failure).toBeUndefined();
  });

  it('demands of a large batch alone that it has seen everything', () => {
    const counters = new Counters();
    const batch = { commands: 1, counters, failures: [] };
    expect(unseen({ ...batch, seeds: 1 })).toEqual([]);
    expect(unseen({ ...batch, seeds: 100_000 })).toEqual(EXPECTED);
    for (const name of EXPECTED.slice(1)) counters.add(name);
    expect(unseen({ ...batch, seeds: 100_000 })).toEqual([EXPECTED[0]]);
  });
});

describe('canaries', () => {
  it.each(CANARIES_IN_TESTS)('%s is found', async (canary) => {
    expect(CANARIES.map(({ name }) => name)).toContain(canary);
    const { failures } = await runBatch({ from: 1, seeds: 60, canary, stopsAtFailure: true });
    expect(failures.length).toBeGreaterThan(0);
  });

  it.each(CANARIES)('$name can be planted: its text is once in $file', async ({ file, find, replace }) => {
    const source = await readFile(new URL(`../${file}`, import.meta.url), 'utf8');
    expect(source.split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });

  it('a bug that cannot be planted is an error, not a clean run', async () => {
    await expect(runBatch({ from: 1, seeds: 1, canary: 'no-such-bug' })).rejects.toThrow('no canary is called');
  });
});
