import { openMemoryLog, type Snapshot, type SnapshotStore } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import { decodeBlock } from './block-codec.ts';
import { DEFAULT_SNAPSHOT_EVERY_COMMANDS, SnapshotSchedule } from './snapshot-schedule.ts';
import { snapshotHash, stateHash } from './state-hash.ts';
import { deposit } from './testing/commands.ts';
import { HeldLog } from './testing/held-log.ts';
import { leadTally } from './testing/running-leader.ts';
import { TallyMachine } from './testing/tally-machine.ts';

/** A store whose saves wait until they are let go. */
function heldStore() {
  const saves: { readonly snapshot: Snapshot; finish(): void }[] = [];
  const store: SnapshotStore = {
    save: (snapshot) => new Promise((resolve) => saves.push({ snapshot, finish: resolve })),
    list: async () => [],
  };
  return { store, saves };
}

function machineAt(sequence: number): TallyMachine {
  const machine = new TallyMachine();
  for (let i = 1; i <= sequence; i++) machine.apply(i, i, deposit(1));
  return machine;
}

const scheduleOver = (store: SnapshotStore, lastSequence = 0) =>
  new SnapshotSchedule({ store, everyCommands: 10, lastSequence, onFailed: () => expect.unreachable() });

describe('snapshot schedule', () => {
  it('SEQ-11: is due so many commands after the last one, wherever that was', () => {
    const { store } = heldStore();
    expect([9, 10, 11].map((at) => scheduleOver(store).isDue(at))).toEqual([false, true, true]);
    expect([14, 15].map((at) => scheduleOver(store, 5).isDue(at))).toEqual([false, true]);
    const byDefault = new SnapshotSchedule({ store, lastSequence: 0, onFailed: () => expect.unreachable() });
    const every = DEFAULT_SNAPSHOT_EVERY_COMMANDS;
    expect([every - 1, every].map((at) => byDefault.isDue(at))).toEqual([false, true]);
  });

  it('SEQ-11: saves the bytes with their hash, one save at a time', async () => {
    const { store, saves } = heldStore();
    const schedule = scheduleOver(store);
    const hash = schedule.take(machineAt(10));
    expect(hash).toEqual(snapshotHash(machineAt(10).snapshot()));
    expect(schedule.take(machineAt(20))).toEqual(stateHash(machineAt(20)));
    expect(schedule.isDue(29)).toBe(false);
    expect(saves.map(({ snapshot }) => snapshot.sequence)).toEqual([10]);
    expect(saves[0]!.snapshot).toEqual({ sequence: 10, bytes: machineAt(10).snapshot(), stateHash: hash });
    saves[0]!.finish();
    await schedule.settle();
    schedule.take(machineAt(30));
    expect(saves.map(({ snapshot }) => snapshot.sequence)).toEqual([10, 30]);
  });

  it('SEQ-12: finish waits for the save in flight, then saves what came after it', async () => {
    const { store, saves } = heldStore();
    const schedule = scheduleOver(store);
    schedule.take(machineAt(10));
    const finished = schedule.finish(machineAt(12));
    expect(saves).toHaveLength(1);
    saves[0]!.finish();
    await schedule.settle();
    await new Promise(setImmediate);
    expect(saves.map(({ snapshot }) => snapshot.sequence)).toEqual([10, 12]);
    saves[1]!.finish();
    await finished;
    await schedule.finish(machineAt(12));
    expect(saves).toHaveLength(2);
  });

  it('SEQ-11: refuses an interval that is not a positive integer', () => {
    const { store } = heldStore();
    expect(() => new SnapshotSchedule({ store, everyCommands: 0, lastSequence: 0, onFailed: () => {} })).toThrow(
      'everyCommands',
    );
  });

  it('SEQ-11: the leader takes it after the block and records the state hash in the very next one', async () => {
    const opened = openMemoryLog();
    const log = new HeldLog(opened.log);
    const { leader } = await leadTally(opened, { log, snapshotEveryCommands: 2 });
    const hashes: Buffer[] = [];
    leader.onCommitted(() => hashes.push(Buffer.from(stateHash(leader.core))));
    const first = [leader.submit(deposit(1)), leader.submit(deposit(2))];
    await log.untilHeld();
    const second = leader.submit(deposit(3));
    log.release();
    await Promise.all(first);
    await log.untilHeld();
    const third = leader.submit(deposit(4));
    log.release();
    await second;
    await log.untilHeld();
    log.release();
    await third;
    const recorded = log.blocks.map((block) => decodeBlock(block).stateHash);
    expect(recorded).toEqual([undefined, new Uint8Array(hashes[0]!), undefined]);
    // Once for each block but those after which it was taken, the first and the third.
    expect(leader.core.preparations).toBe(1);
    await leader.close();
    expect((await opened.snapshots.list()).map(({ sequence }) => sequence)).toEqual([4, 2]);
  });
});
