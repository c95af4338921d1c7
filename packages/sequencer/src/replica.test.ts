import { encodeCommand } from '@openvenue/core';
import { MemoryLogStorage, openMemoryLog } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import { encodeBlock } from './block-codec.ts';
import { LogBehindError, SequenceGapError, StateDivergedError } from './errors.ts';
import type { Committed } from './port.ts';
import { Replica } from './replica.ts';
import { stateHash } from './state-hash.ts';
import { deposit } from './testing/commands.ts';
import { leadTally } from './testing/running-leader.ts';
import { TallyMachine } from './testing/tally-machine.ts';

async function collect(batches: AsyncIterable<readonly Committed[]>) {
  const all: (readonly Committed[])[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

/** A leader that has committed 4 blocks of 3, and a replica at the start. */
async function leaderAndReplica() {
  const storage = new MemoryLogStorage();
  const opened = openMemoryLog(storage);
  const running = await leadTally(opened, { snapshotEveryCommands: 6 });
  const commit = () => Promise.all([1, 2, 3].map((user) => running.leader.submit(deposit(user))));
  for (let i = 0; i < 4; i++) await commit();
  const replica = new Replica({ core: new TallyMachine(), reader: opened.reader });
  return { storage, opened, replica, commit, ...running };
}

describe('replica', () => {
  it('SEQ-18: yields what the leader yielded, and comes to the same state', async () => {
    const { leader, batches, replica } = await leaderAndReplica();
    expect(await collect(replica.advance())).toEqual(batches);
    expect(stateHash(replica.core)).toEqual(stateHash(leader.core));
  });

  it('SEQ-18: goes on where it was, and has nothing to do at the end', async () => {
    const { batches, replica, commit } = await leaderAndReplica();
    await collect(replica.advance());
    expect(await collect(replica.advance())).toEqual([]);
    await commit();
    expect(await collect(replica.advance(15))).toEqual([batches[4]]);
    expect(await collect(replica.advance(15))).toEqual([]);
  });

  it('SEQ-18: stops at the sequence given, inside a block too', async () => {
    const { batches, replica } = await leaderAndReplica();
    const first = await collect(replica.advance(5));
    expect(replica.core.sequence).toBe(5);
    const second = await collect(replica.advance(12));
    expect([...first, ...second].map((batch) => batch.length)).toEqual([3, 2, 1, 3, 3]);
    expect([...first, ...second].flat()).toEqual(batches.flat());
  });

  it('SEQ-18: a caller that stops early misses nothing', async () => {
    const { batches, replica } = await leaderAndReplica();
    const seen: (readonly Committed[])[] = [];
    for await (const batch of replica.advance()) {
      seen.push(batch);
      if (seen.length === 2) break;
    }
    seen.push(...(await collect(replica.advance())));
    expect(seen).toEqual(batches);
  });

  it('SEQ-18: says so when the log ends before the sequence it was promised', async () => {
    const { replica } = await leaderAndReplica();
    await expect(collect(replica.advance(13))).rejects.toBeInstanceOf(LogBehindError);
    expect(replica.core.sequence).toBe(12);
  });

  it('SEQ-15: refuses a gap and stays halted, even when the log is whole again', async () => {
    const { storage, replica } = await leaderAndReplica();
    const [lost] = storage.blocks.splice(1, 1);
    await expect(collect(replica.advance())).rejects.toBeInstanceOf(SequenceGapError);
    expect(replica.core.sequence).toBe(3);
    storage.blocks.splice(1, 0, lost!);
    await expect(collect(replica.advance())).rejects.toBeInstanceOf(SequenceGapError);
  });

  it('SEQ-15: refuses a block that comes twice', async () => {
    const { opened } = await leaderAndReplica();
    const repeating = {
      async *read() {
        for await (const block of opened.reader.read(0)) yield* [block, block];
      },
    };
    const replica = new Replica({ core: new TallyMachine(), reader: repeating });
    await expect(collect(replica.advance())).rejects.toBeInstanceOf(SequenceGapError);
    expect(replica.core.sequence).toBe(3);
  });

  it('SEQ-16: halts where its state is not the recorded one', async () => {
    const { storage, replica } = await leaderAndReplica();
    const lines = [1, 2, 4].map((user) => encodeCommand(deposit(user)));
    storage.blocks[0] = { firstSequence: 1, count: 3, payload: encodeBlock({ timeMs: 1, rules: 1 }, lines) };
    await expect(collect(replica.advance())).rejects.toMatchObject({ name: 'StateDivergedError', sequence: 6 });
    await expect(collect(replica.advance())).rejects.toBeInstanceOf(StateDivergedError);
    expect(replica.core.sequence).toBe(6);
  });

  it('SEQ-18: one call at a time', async () => {
    const { replica } = await leaderAndReplica();
    const first = replica.advance();
    await first.next();
    await expect(replica.advance().next()).rejects.toThrow('advancing already');
    await first.return();
    expect(await collect(replica.advance())).toHaveLength(3);
  });
});
