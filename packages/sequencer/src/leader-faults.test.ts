import { LogFailedError, LogFullError, openMemoryLog, type Snapshot, type SnapshotStore } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import { NodeStoppedError, NotRecordedError, OutcomeUnknownError, ReadOnlyError } from './errors.ts';
import { Leader } from './leader.ts';
import { deposit } from './testing/commands.ts';
import { HeldLog } from './testing/held-log.ts';
import { leadTally, settle } from './testing/running-leader.ts';
import { TallyMachine } from './testing/tally-machine.ts';

/** A leader with one block on hold in the log and one command in the queue. */
async function leaderInFlight(overrides: Parameters<typeof leadTally>[1] = {}) {
  const opened = openMemoryLog();
  const log = new HeldLog(opened.log);
  const running = await leadTally(opened, { ...overrides, log });
  const inFlight = settle([running.leader.submit(deposit(1)), running.leader.submit(deposit(2))]);
  await log.untilHeld();
  const queued = settle([running.leader.submit(deposit(3))]);
  return { opened, log, inFlight, queued, ...running };
}

describe('leader with faults', () => {
  it('SEQ-9: a failed append leaves the fate of its block open, records nothing of the queue and ends the node', async () => {
    const { leader, log, inFlight, queued, failures, readOnly, batches } = await leaderInFlight();
    const cause = new LogFailedError('sync failed', new Error('EIO'));
    log.fail(cause);
    for (const { error } of await inFlight) {
      expect(error).toBeInstanceOf(OutcomeUnknownError);
      expect(error).not.toBeInstanceOf(NotRecordedError);
      expect(error).toMatchObject({ cause });
    }
    expect((await queued)[0]!.error).toBeInstanceOf(NodeStoppedError);
    expect(leader.status).toBe('failed');
    expect({ failures, readOnly, batches }).toEqual({ failures: [cause], readOnly: [], batches: [] });
    await expect(leader.submit(deposit(1))).rejects.toMatchObject({ name: 'NodeStoppedError', cause });
    expect(log.blocks).toHaveLength(1);
  });

  it('SEQ-10: a full log makes the node read-only: its block unknown, all others refused, reads go on', async () => {
    const { leader, log, inFlight, queued, failures, readOnly } = await leaderInFlight();
    const cause = new LogFullError('no space', new Error('ENOSPC'));
    log.fail(cause);
    for (const { error } of await inFlight) expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect((await queued)[0]!.error).toBeInstanceOf(ReadOnlyError);
    await expect(leader.submit(deposit(1))).rejects.toBeInstanceOf(ReadOnlyError);
    expect({ failures, readOnly }).toEqual({ failures: [], readOnly: [cause] });
    expect(leader.status).toBe('read-only');
    expect(leader.core.sequence).toBe(0);
    await leader.close();
    expect(leader.status).toBe('read-only');
    await expect(leader.submit(deposit(1))).rejects.toBeInstanceOf(ReadOnlyError);
  });

  it('SEQ-9: commands that were durable before the fault are answered', async () => {
    const { leader, log, inFlight, queued } = await leaderInFlight();
    log.release();
    expect((await inFlight).map(({ committed }) => committed?.sequence)).toEqual([1, 2]);
    await log.untilHeld();
    log.fail(new LogFailedError('sync failed', new Error('EIO')));
    expect((await queued)[0]!.error).toBeInstanceOf(OutcomeUnknownError);
    expect(leader.core.sequence).toBe(2);
  });

  it('SEQ-8: a listener that throws ends the node; what was applied is answered, what is in flight is unknown', async () => {
    const { leader, log, inFlight, queued, failures } = await leaderInFlight();
    const bug = new Error('a bug in a listener');
    const later: number[] = [];
    leader.onCommitted(() => {
      throw bug;
    });
    leader.onCommitted((batch) => later.push(batch.length));
    log.release();
    expect((await inFlight).map(({ committed }) => committed?.sequence)).toEqual([1, 2]);
    expect((await queued)[0]!.error).toMatchObject({ name: 'OutcomeUnknownError', cause: bug });
    expect({ failures, later }).toEqual({ failures: [bug], later: [] });
    await expect(leader.submit(deposit(1))).rejects.toBeInstanceOf(NodeStoppedError);
    await leader.close();
    expect(leader.status).toBe('failed');
    log.release();
  });

  it('SEQ-8: a core that throws ends the node and answers nobody in the block', async () => {
    class FaultyMachine extends TallyMachine {
      override apply(...args: Parameters<TallyMachine['apply']>) {
        if (args[0] === 2) throw new Error('a bug in the core');
        return super.apply(...args);
      }
    }
    const opened = openMemoryLog();
    const failures: unknown[] = [];
    const leader = new Leader({
      core: new FaultyMachine(),
      log: opened.log,
      snapshots: opened.snapshots,
      fromSnapshot: undefined,
      clock: { nowMs: () => 1 },
      onFailed: (error) => failures.push(error),
      onReadOnly: () => expect.unreachable(),
      onSnapshotFailed: () => expect.unreachable(),
    });
    const outcomes = await settle([1, 2, 3].map((user) => leader.submit(deposit(user))));
    for (const { error } of outcomes) expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(failures).toMatchObject([{ message: 'a bug in the core' }]);
    expect(leader.status).toBe('failed');
  });

  it.each([Number.NaN, -1, 1.5])(
    'SEQ-6: a clock that gives %s ends the node before anything is written',
    async (now) => {
      const opened = openMemoryLog();
      const { leader, clock, failures } = await leadTally(opened);
      clock.now = now;
      await expect(leader.submit(deposit(1))).rejects.toBeInstanceOf(NodeStoppedError);
      expect(failures).toMatchObject([{ message: 'the clock gave no time' }]);
      expect(opened.log.head.lastSequence).toBe(0);
    },
  );

  it('SEQ-11: a snapshot that fails is reported, and the next one is saved', async () => {
    const opened = openMemoryLog();
    const fault = new Error('the snapshot could not be written');
    let saves = 0;
    const snapshots: SnapshotStore = {
      save: async (snapshot: Snapshot) => {
        if (saves++ === 0) throw fault;
        await opened.snapshots.save(snapshot);
      },
      list: () => opened.snapshots.list(),
    };
    const { leader, snapshotFailures, failures } = await leadTally(opened, { snapshots, snapshotEveryCommands: 2 });
    for (let i = 0; i < 3; i++) await leader.submit(deposit(1));
    await leader.close();
    expect({ snapshotFailures, failures, saves }).toEqual({ snapshotFailures: [fault], failures: [], saves: 2 });
    expect((await opened.snapshots.list()).map(({ sequence }) => sequence)).toEqual([3]);
  });
});
