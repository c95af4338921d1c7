import type { Command } from '@openvenue/core';
import { openMemoryLog } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import { decodeBlock } from './block-codec.ts';
import { NodeStoppedError, NotRecordedError, OverloadedError } from './errors.ts';
import { Leader } from './leader.ts';
import type { Committed } from './port.ts';
import { deposit, leverage } from './testing/commands.ts';
import { HeldLog } from './testing/held-log.ts';
import { leadTally, START_MS, settle } from './testing/running-leader.ts';
import { TallyMachine } from './testing/tally-machine.ts';

/** Whether a promise has settled once everything that is ready has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const mark = () => {
    settled = true;
  };
  promise.then(mark, mark);
  await new Promise(setImmediate);
  return settled;
}

async function heldLeader(overrides: Parameters<typeof leadTally>[1] = {}) {
  const opened = openMemoryLog();
  const log = new HeldLog(opened.log);
  return { opened, log, ...(await leadTally(opened, { ...overrides, log })) };
}

describe('leader', () => {
  it('SEQ-1: numbers commands in the order of their arrival, from 1, without gaps', async () => {
    const { leader, batches } = await leadTally(openMemoryLog());
    const replies: Committed[] = [];
    for (let round = 0; round < 3; round++) {
      replies.push(...(await Promise.all([1, 2, 3].map((user) => leader.submit(deposit(user, round + 1))))));
    }
    expect(replies.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(replies[5]!.command).toEqual(deposit(3, 2));
    expect(batches.flat()).toEqual(replies);
  });

  it('SEQ-1: goes on behind the log it was recovered from', async () => {
    const opened = openMemoryLog();
    const first = await leadTally(opened);
    await first.leader.submit(deposit(1));
    await first.leader.close();
    const second = await leadTally(opened);
    expect((await second.leader.submit(deposit(1))).sequence).toBe(2);
  });

  it('SEQ-1: refuses to lead with a core that is not at the head of the log', async () => {
    const opened = openMemoryLog();
    const { leader } = await leadTally(opened);
    await leader.submit(deposit(1));
    const quiet = () => {};
    const options = {
      log: opened.log,
      snapshots: opened.snapshots,
      clock: { nowMs: () => 0 },
      fromSnapshot: undefined,
    };
    const callbacks = { onFailed: quiet, onReadOnly: quiet, onSnapshotFailed: quiet };
    expect(() => new Leader({ core: new TallyMachine(), ...options, ...callbacks })).toThrow('not at the head');
  });

  it('SEQ-2: answers, applies and publishes nothing before the append is durable', async () => {
    const { leader, log, batches } = await heldLeader();
    const reply = leader.submit(deposit(1, 5));
    await log.untilHeld();
    expect(await isSettled(reply)).toBe(false);
    expect(leader.core.sequence).toBe(0);
    expect(batches).toEqual([]);
    log.release();
    expect(await reply).toMatchObject({ sequence: 1, timeMs: START_MS, reply: { ok: true } });
    expect(leader.core.totals.get(1)).toBe(5n);
    expect(batches).toEqual([[await reply]]);
  });

  it('SEQ-2: a refusal by the core is a durable answer like any other', async () => {
    const { leader, opened } = await heldLeader().then(async (held) => {
      held.log.untilHeld().then(() => held.log.release());
      return held;
    });
    const { reply } = await leader.submit(deposit(1, -1));
    expect(reply).toMatchObject({ ok: false, reason: 'INSUFFICIENT_BALANCE' });
    expect(opened.log.head.lastSequence).toBe(1);
  });

  it('SEQ-4: what is submitted in one turn is one block', async () => {
    const { leader, log } = await heldLeader();
    const replies = Array.from({ length: 100 }, (_, i) => leader.submit(deposit(i)));
    await log.untilHeld();
    log.release();
    await Promise.all(replies);
    expect(log.blocks.map(({ firstSequence, count }) => [firstSequence, count])).toEqual([[1, 100]]);
  });

  it('SEQ-4: all that arrives while a block is in flight is the next one', async () => {
    const { leader, log } = await heldLeader();
    const first = leader.submit(deposit(1));
    await log.untilHeld();
    const later = Array.from({ length: 99 }, (_, i) => leader.submit(deposit(i)));
    await new Promise(setImmediate);
    expect(log.blocks).toHaveLength(1);
    log.release();
    await first;
    await log.untilHeld();
    log.release();
    await Promise.all(later);
    expect(log.blocks.map(({ count }) => count)).toEqual([1, 99]);
  });

  it('SEQ-4: the limits of a block hold', async () => {
    const { leader, log } = await heldLeader({ limits: { maxBlockCommands: 4 } });
    const replies = settle(Array.from({ length: 10 }, (_, i) => leader.submit(deposit(i))));
    for (const count of [4, 4, 2]) {
      expect((await log.untilHeld()).count).toBe(count);
      log.release();
      await new Promise(setImmediate);
    }
    expect((await replies).map(({ committed }) => committed?.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('SEQ-4: the next append begins before the last block is applied, and is applied after it', async () => {
    const { leader, log } = await heldLeader();
    const blocksWhenApplied: number[] = [];
    leader.onCommitted(() => blocksWhenApplied.push(log.blocks.length));
    const first = leader.submit(deposit(1));
    await log.untilHeld();
    const second = leader.submit(deposit(2));
    log.release();
    await first;
    await log.untilHeld();
    expect(leader.core.sequence).toBe(1);
    log.release();
    await second;
    expect(blocksWhenApplied).toEqual([2, 2]);
  });

  it('SEQ-4: a caller that waits for each reply is never forgotten', async () => {
    const { leader } = await leadTally(openMemoryLog());
    for (let i = 1; i <= 200; i++) expect((await leader.submit(deposit(1))).sequence).toBe(i);
  });

  it('SEQ-3: refuses more than the queue holds, at once, and records nothing of it', async () => {
    const { leader, log } = await heldLeader({ limits: { maxQueuedCommands: 8 } });
    const inFlight = leader.submit(deposit(1));
    await log.untilHeld();
    const queued = Array.from({ length: 8 }, () => leader.submit(deposit(2)));
    expect(leader.queuedCommands).toBe(8);
    const refused = leader.submit(deposit(3));
    await expect(refused).rejects.toBeInstanceOf(OverloadedError);
    await expect(refused).rejects.toBeInstanceOf(NotRecordedError);
    log.release();
    await inFlight;
    await log.untilHeld();
    log.release();
    await Promise.all(queued);
    expect(leader.core.sequence).toBe(9);
    expect(leader.core.totals.has(3)).toBe(false);
  });

  it('SEQ-6: a block has one time, which never goes back, not even over a restart', async () => {
    const opened = openMemoryLog();
    const { leader, clock } = await leadTally(opened);
    const times: number[] = [];
    for (const now of [START_MS, START_MS + 50, START_MS - 1_000, START_MS + 51]) {
      clock.now = now;
      times.push(...(await Promise.all([1, 2].map((u) => leader.submit(deposit(u))))).map(({ timeMs }) => timeMs));
    }
    const [a, b, c] = [START_MS, START_MS + 50, START_MS + 51];
    expect(times).toEqual([a, a, b, b, b, b, c, c]);
    await leader.close();
    const restarted = await leadTally(opened);
    expect((await restarted.leader.submit(deposit(1))).timeMs).toBe(c);
  });

  it('SEQ-7: the core is given what the log holds, whatever the caller does to its object', async () => {
    const { leader, log } = await heldLeader();
    const command = { type: 'set-leverage', actor: { userId: 1 }, symbol: 'BTCUSDT', leverage: 5 } as const;
    const mutable: { -readonly [K in keyof typeof command]: (typeof command)[K] | number | string } = { ...command };
    const reply = leader.submit(mutable as typeof command);
    mutable.leverage = 125;
    const block = await log.untilHeld();
    mutable.leverage = 1;
    log.release();
    expect((await reply).command).toEqual(command);
    expect(decodeBlock(block).commands).toEqual([command]);
    expect((await reply).events).toMatchObject([{ leverage: 5 }]);
  });

  it('SEQ-8: listeners are called in the order they came, block by block, until they end it', async () => {
    const { leader } = await leadTally(openMemoryLog());
    const calls: string[] = [];
    const listen = (name: string) => leader.onCommitted((batch) => calls.push(`${name}${batch[0]!.sequence}`));
    const endA = listen('a');
    listen('b');
    await leader.submit(deposit(1));
    endA();
    await leader.submit(deposit(1));
    expect(calls).toEqual(['a1', 'b1', 'b2']);
  });

  it('SEQ-8: a listener that comes or goes during a batch counts from the next call on', async () => {
    const { leader } = await leadTally(openMemoryLog());
    const calls: string[] = [];
    let endLast = () => {};
    const endFirst = leader.onCommitted(() => {
      endFirst();
      endLast();
      leader.onCommitted((batch) => calls.push(`new${batch[0]!.sequence}`));
    });
    endLast = leader.onCommitted(() => calls.push('ended'));
    await leader.submit(deposit(1));
    await leader.submit(deposit(1));
    expect(calls).toEqual(['new2']);
  });

  it('SEQ-8: a listener may submit', async () => {
    const { leader } = await leadTally(openMemoryLog());
    const follow = Promise.withResolvers<Committed>();
    const end = leader.onCommitted(() => {
      end();
      leader.submit(leverage('ETHUSDT')).then(follow.resolve, follow.reject);
    });
    await leader.submit(deposit(1));
    expect((await follow.promise).sequence).toBe(2);
  });

  it('SEQ-12: close finishes what was accepted, refuses the rest and saves a snapshot', async () => {
    const { leader, log, opened } = await heldLeader();
    const first = leader.submit(deposit(1));
    await log.untilHeld();
    const queued = leader.submit(deposit(2));
    const closed = leader.close();
    await expect(leader.submit(deposit(3))).rejects.toBeInstanceOf(NodeStoppedError);
    log.release();
    await first;
    await log.untilHeld();
    log.release();
    expect((await queued).sequence).toBe(2);
    await closed;
    expect(leader.status).toBe('closed');
    expect((await opened.snapshots.list()).map(({ sequence }) => sequence)).toEqual([2]);
    expect(leader.close()).toBe(leader.close());
  });

  it('SEQ-12: close of an idle leader whose state is saved saves nothing again', async () => {
    const opened = openMemoryLog();
    await (await leadTally(opened)).leader.close();
    expect(await opened.snapshots.list()).toEqual([]);
  });

  it('SEQ-21: while the log is slow, new orders are refused and cancels are still taken, recorded and answered', async () => {
    const { leader, log } = await heldLeader({ limits: { maxQueuedCommands: 16 } });
    const actor = { userId: 1 };
    const order = { symbol: 'BTCUSDT', orderId: 7 };
    const amend = (): Command => ({ type: 'amend-orders', actor, amendments: [] });
    const inFlight = leader.submit(deposit(1));
    await log.untilHeld();
    const taken = settle(Array.from({ length: 14 }, () => leader.submit(amend())));
    await expect(leader.submit(amend())).rejects.toBeInstanceOf(OverloadedError);
    const cancels = settle([
      leader.submit({ type: 'cancel-order', actor, order }),
      leader.submit({ type: 'cancel-all-orders', actor }),
    ]);
    await expect(leader.submit({ type: 'cancel-order', actor, order })).rejects.toBeInstanceOf(OverloadedError);
    expect(leader.queuedCommands).toBe(16);
    log.release();
    await inFlight;
    await log.untilHeld();
    log.release();
    for (const { error } of [...(await taken), ...(await cancels)]) expect(error).toBeUndefined();
    expect(log.blocks.map(({ count }) => count)).toEqual([1, 16]);
  });
});
