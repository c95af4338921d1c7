import { encodeCommand } from '@openvenue/core';
import { MemoryLogStorage, openMemoryLog } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import { encodeBlock } from './block-codec.ts';
import { LogBehindError, OtherRulesError, SequenceGapError, StateDivergedError } from './errors.ts';
import type { Committed } from './port.ts';
import { recover } from './recovery.ts';
import { stateHash } from './state-hash.ts';
import { deposit } from './testing/commands.ts';
import { leadTally, START_MS } from './testing/running-leader.ts';
import { TallyMachine, tallyMachine } from './testing/tally-machine.ts';

/** A log of 25 blocks of one command; snapshots at 10 and 20, whose hashes the blocks at 11 and 21 carry. */
async function writtenLog() {
  const storage = new MemoryLogStorage();
  const opened = openMemoryLog(storage);
  const { leader } = await leadTally(opened, { snapshotEveryCommands: 10 });
  for (let i = 1; i <= 25; i++) await leader.submit(deposit(i % 3, i));
  const options = { reader: opened.reader, snapshots: opened.snapshots, machine: tallyMachine };
  return { storage, opened, options, hash: stateHash(leader.core), timeMs: leader.core.timeMs };
}

function damageSnapshot(storage: MemoryLogStorage, sequence: number): void {
  storage.snapshots = storage.snapshots.map((snapshot) =>
    snapshot.sequence === sequence
      ? { ...snapshot, bytes: snapshot.bytes.map((byte, i) => (i === 12 ? byte ^ 1 : byte)) }
      : snapshot,
  );
}

const block = (firstSequence: number, expected?: Uint8Array, rules = 1) => {
  const content = { timeMs: START_MS, rules, ...(expected === undefined ? {} : { stateHash: expected }) };
  return { firstSequence, count: 1, payload: encodeBlock(content, [encodeCommand(deposit(1))]) };
};

describe('recovery', () => {
  it('SEQ-13: takes the newest snapshot and the tail behind it', async () => {
    const { options, hash, timeMs } = await writtenLog();
    const recovered = await recover(options);
    expect(recovered).toMatchObject({ fromSnapshot: 20, replayed: 5, timeMs, refusedSnapshots: [] });
    expect(stateHash(recovered.core)).toEqual(hash);
  });

  it('SEQ-13: hands on what it replays, block by block and without a gap', async () => {
    const { options } = await writtenLog();
    const batches: (readonly Committed[])[] = [];
    await recover({ ...options, onReplayed: (batch) => batches.push(batch) });
    expect(batches.flat().map(({ sequence }) => sequence)).toEqual([21, 22, 23, 24, 25]);
    expect(batches.flat().every(({ reply, events }) => reply !== undefined && events !== undefined)).toBe(true);
    expect(batches).toHaveLength(5);
  });

  it.each([
    ['the newest snapshot that leaves it', 5, 20, 5],
    ['an older one, when the newest leaves less', 6, 10, 15],
    ['the oldest, when none leaves it', 16, 10, 15],
    ['the start of a log that is all tail', 25, undefined, 25],
  ] as const)('SEQ-13: a tail that is wanted begins with %s', async (_, commands, fromSnapshot, replayed) => {
    const { options, hash } = await writtenLog();
    const batches: (readonly Committed[])[] = [];
    const wanted = { commands, head: 25 };
    const recovered = await recover({ ...options, wanted, onReplayed: (batch) => batches.push(batch) });
    expect(recovered).toMatchObject({ fromSnapshot, replayed, refusedSnapshots: [] });
    expect(batches.flat()).toHaveLength(replayed);
    expect(stateHash(recovered.core)).toEqual(hash);
  });

  it.each([
    [6, 10, 20, 5],
    [5, 20, 10, 15],
    [16, 10, 20, 5],
  ])(
    'SEQ-13: of a tail of %i commands, without the snapshot at %i, comes what the one at %i leaves',
    async (commands, damaged, fromSnapshot, replayed) => {
      const { storage, options, hash } = await writtenLog();
      damageSnapshot(storage, damaged);
      const recovered = await recover({ ...options, wanted: { commands, head: 25 } });
      expect(recovered).toMatchObject({ fromSnapshot, replayed, refusedSnapshots: [{ sequence: damaged }] });
      expect(stateHash(recovered.core)).toEqual(hash);
    },
  );

  it('SEQ-13: a damaged snapshot costs the older one and a longer tail', async () => {
    const { storage, options, hash } = await writtenLog();
    damageSnapshot(storage, 20);
    const recovered = await recover(options);
    expect(recovered).toMatchObject({ fromSnapshot: 10, replayed: 15, refusedSnapshots: [{ sequence: 20 }] });
    expect(recovered.refusedSnapshots[0]!.error).toBeInstanceOf(StateDivergedError);
    expect(stateHash(recovered.core)).toEqual(hash);
  });

  it('SEQ-13: no good snapshot costs a replay from the start', async () => {
    const { storage, options, hash } = await writtenLog();
    damageSnapshot(storage, 20);
    damageSnapshot(storage, 10);
    const recovered = await recover(options);
    expect(recovered).toMatchObject({ fromSnapshot: undefined, replayed: 25 });
    expect(recovered.refusedSnapshots.map(({ sequence }) => sequence)).toEqual([20, 10]);
    expect(stateHash(recovered.core)).toEqual(hash);
  });

  it('SEQ-13: an empty log is an empty state', async () => {
    const { reader, snapshots } = openMemoryLog();
    const recovered = await recover({ reader, snapshots, machine: tallyMachine });
    expect(recovered).toMatchObject({ fromSnapshot: undefined, replayed: 0, timeMs: 0, core: { sequence: 0 } });
  });

  it('SEQ-13: a snapshot that does not restore to what was saved is passed over', async () => {
    const { options } = await writtenLog();
    class ForgetfulMachine extends TallyMachine {
      override snapshot(): Uint8Array {
        return new TextEncoder().encode('nothing');
      }
    }
    const forgetful = {
      empty: () => new TallyMachine(),
      restore: () => Object.assign(new ForgetfulMachine(), { sequence: 20 }),
    };
    const recovered = await recover({ ...options, machine: forgetful });
    expect(recovered).toMatchObject({ fromSnapshot: undefined, replayed: 25 });
    expect(recovered.refusedSnapshots[0]!.error).toBeInstanceOf(StateDivergedError);
  });

  it('SEQ-13: a snapshot of another sequence, or without a state hash, is passed over', async () => {
    const { storage, options, hash } = await writtenLog();
    const [newest, older] = storage.snapshots;
    storage.snapshots = [{ ...older!, sequence: 20 }, older!];
    expect(await recover(options)).toMatchObject({ fromSnapshot: 10, refusedSnapshots: [{ sequence: 20 }] });
    storage.snapshots = [{ sequence: 20, bytes: newest!.bytes }, older!];
    const recovered = await recover(options);
    expect(recovered).toMatchObject({ fromSnapshot: 10, refusedSnapshots: [{ sequence: 20 }] });
    expect(stateHash(recovered.core)).toEqual(hash);
  });

  it.each([1, 2])(
    'SEQ-14: refuses a log that ends before a snapshot, with %i of 2 snapshots damaged or not',
    async (damaged) => {
      const { storage, options } = await writtenLog();
      if (damaged === 2) for (const sequence of [10, 20]) damageSnapshot(storage, sequence);
      storage.blocks.splice(19);
      storage.head = { ...storage.head, lastSequence: 19 };
      const recovery = recover(options);
      await expect(recovery).rejects.toBeInstanceOf(LogBehindError);
      await expect(recovery).rejects.toThrow('the log ends at 19 but a snapshot is at 20');
    },
  );

  it('SEQ-14: refuses to start empty when the log is gone and a snapshot is there', async () => {
    const { storage, options } = await writtenLog();
    storage.blocks.splice(0);
    storage.head = { ...storage.head, lastSequence: 0 };
    await expect(recover(options)).rejects.toThrow('the log ends at 0 but a snapshot is at 20');
  });

  it('SEQ-14: a log that ends at the snapshot is whole', async () => {
    const { storage, options } = await writtenLog();
    storage.blocks.splice(20);
    storage.head = { ...storage.head, lastSequence: 20 };
    expect(await recover(options)).toMatchObject({ fromSnapshot: 20, replayed: 0 });
  });

  it('SEQ-15: refuses a gap in the log, and a log whose start is missing', async () => {
    const { storage, options } = await writtenLog();
    const [lost] = storage.blocks.splice(22, 1);
    await expect(recover(options)).rejects.toBeInstanceOf(SequenceGapError);
    storage.blocks.splice(22, 0, lost!);
    storage.blocks.splice(0, 1);
    await expect(recover({ ...options, notBeyond: 0 })).rejects.toBeInstanceOf(SequenceGapError);
  });

  it('SEQ-16: refuses a log whose recorded state hash is not that of the replay', async () => {
    const { storage, options } = await writtenLog();
    storage.blocks[20] = block(21, new Uint8Array(32));
    const recovery = recover(options);
    await expect(recovery).rejects.toBeInstanceOf(StateDivergedError);
    await expect(recovery).rejects.toMatchObject({ sequence: 20, expected: '00'.repeat(32) });
  });

  it('SEQ-20: refuses a log that was written under other rules', async () => {
    const { storage, options } = await writtenLog();
    storage.blocks[22] = block(23, undefined, 2);
    const recovery = recover(options);
    await expect(recovery).rejects.toBeInstanceOf(OtherRulesError);
    await expect(recovery).rejects.toThrow('written under rules 2 (at sequence 23), this program follows rules 1');
  });

  it('SEQ-16: a command that was changed in the log shows at the next state hash', async () => {
    const { storage, options } = await writtenLog();
    storage.blocks[5] = block(6);
    await expect(recover({ ...options, notBeyond: 0 })).rejects.toMatchObject({
      name: 'StateDivergedError',
      sequence: 10,
    });
  });

  it('SEQ-17: recovers the state after exactly one sequence, inside a block too', async () => {
    const opened = openMemoryLog();
    const { leader } = await leadTally(opened, { snapshotEveryCommands: 10 });
    for (let i = 0; i < 5; i++) await Promise.all([1, 2, 3, 4, 5].map((user) => leader.submit(deposit(user, i + 1))));
    const options = { reader: opened.reader, snapshots: opened.snapshots, machine: tallyMachine };
    for (let upTo = 0; upTo <= 25; upTo++) {
      const { core, fromSnapshot } = await recover({ ...options, upTo });
      expect(core.sequence).toBe(upTo);
      expect(fromSnapshot).toBe(upTo >= 20 ? 20 : upTo >= 10 ? 10 : undefined);
      expect(stateHash(core)).toEqual(stateHash((await recover({ ...options, upTo, notBeyond: 0 })).core));
    }
    await expect(recover({ ...options, upTo: 26 })).rejects.toThrow(
      'the log ends at 25 but the sequence to recover is at 26',
    );
  });
});
