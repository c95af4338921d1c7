import { type Command, type Core, encodeCommand } from '@openvenue/core';
import {
  type FileLog,
  LogDamageError,
  LogFailedError,
  LogLockedError,
  openFileLog,
  type SnapshotStore,
} from '@openvenue/log';
import { readAll } from '@openvenue/log/testing';
import {
  type Committed,
  coreMachine,
  Leader,
  NotRecordedError,
  OutcomeUnknownError,
  OverloadedError,
  type Recovered,
  recover,
  stateHash,
} from '@openvenue/sequencer';
import { FOLDER, type Harm, mend } from './damage.ts';
import { Host } from './scheduler.ts';
import { stagesOf } from './stages.ts';
import type { World } from './world.ts';

export type VenueState = 'down' | 'starting' | 'up' | 'read-only';

/** Restarting takes so long, in microseconds: least and most. */
const RESTART_US = [20_000, 200_000] as const;

/** The venue's process with the real log, recovery and leader inside: started, ended in every way, started again. */
export class Venue {
  readonly #world: World;
  state: VenueState = 'down';
  #host = new Host();
  #leader: Leader<Core> | undefined;
  #opened: FileLog | undefined;
  /** Damage that nobody has found or mended. */
  #harms: Harm[] = [];
  /** Snapshots whose save was reported as done. */
  #savedSequence = 0;
  #isClosing = false;
  #isReplaying = false;
  /** Another process that tries to open the folder. */
  #intruder: Host | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  get host(): Host {
    return this.#host;
  }

  /** The live state; undefined while nothing runs. Read only. */
  get core(): Core | undefined {
    return this.#leader?.core;
  }

  /** Starts a process after what a supervisor waits. */
  start(): void {
    const { scheduler, random } = this.#world;
    const host = new Host();
    this.#host = host;
    scheduler.after(random.venue.integer(...RESTART_US), () => scheduler.spawn(() => this.#run(host)), host);
  }

  /** Ends the process at once. With `power` lost, the disk keeps of the unsynced what it likes. */
  crash(kind: 'kill' | 'power cut'): void {
    const { disk, counters, note } = this.#world;
    const stages = this.#stages();
    note(`${kind} while ${stages.join(', ')}`);
    counters.add(`fault: ${kind}`);
    for (const stage of stages) counters.add(`crash while: ${stage}`);
    this.#end();
    if (kind === 'kill') disk.afterKill();
    else disk.afterPowerCut();
  }

  #stages() {
    const { disk, scheduler } = this.#world;
    const { state } = this;
    const doing = {
      state,
      isClosing: this.#isClosing,
      isPaused: this.#host.pausedUntilUs > scheduler.nowUs,
      isReplaying: this.#isReplaying,
      hasLog: disk.files.paths().includes(`${FOLDER}/head`),
    };
    return stagesOf(doing, disk.callsOf(this.#host));
  }

  /** What was damaged while the process was down. */
  damaged(harm: Harm): void {
    this.#harms.push(harm);
  }

  /** Whether one of the two slots of `head` is damaged and has not been written anew. */
  get isHeadDamaged(): boolean {
    return this.#harms.some(({ what }) => what === 'head');
  }

  /** Ends the process in order and calls `onEnded` when it has. Does nothing while it is not up. */
  stop(onEnded: () => void): void {
    const { scheduler } = this.#world;
    const leader = this.#leader;
    const opened = this.#opened;
    if (leader === undefined || opened === undefined || this.#isClosing) return;
    this.#isClosing = true;
    const host = this.#host;
    scheduler.spawn(async () => {
      await leader.close();
      const [closed] = await Promise.allSettled([opened.close()]);
      if (host !== this.#host || !host.isAlive) return;
      if (closed.status === 'rejected') this.#expectDiskError(closed.reason);
      this.#end();
      this.#world.disk.afterKill();
      onEnded();
    });
  }

  /** Hands a command to the leader and tells what came of it, or nothing when the process ends before. */
  async submit(command: Command): Promise<Committed | Error> {
    const { witness, counters } = this.#world;
    const leader = this.#leader;
    if (leader === undefined) return new NotRecordedError('nobody listens');
    const line = encodeCommand(command);
    witness.submissions.submitted(line);
    try {
      const committed = await leader.submit(command);
      witness.submissions.committed(line);
      return committed;
    } catch (error) {
      if (error instanceof OutcomeUnknownError) counters.add('met: outcome unknown');
      else if (error instanceof NotRecordedError) witness.submissions.refused(line);
      else throw error;
      if (error instanceof OverloadedError) counters.add('met: overloaded');
      return error;
    }
  }

  /** Tries to open the log a second time, as a second process would. */
  openTwice(): void {
    const { disk, scheduler, counters } = this.#world;
    if (this.#opened === undefined) return;
    const second = new Host();
    this.#intruder = second;
    const first = this.#host;
    scheduler.spawn(async () => {
      const [outcome] = await Promise.allSettled([openFileLog(FOLDER, { fileSystem: disk.mount(second) })]);
      if (!first.isAlive) return;
      if (outcome.status === 'fulfilled') throw new Error('a second process opened the log');
      if (!(outcome.reason instanceof LogLockedError)) throw outcome.reason;
      counters.add('met: second process refused');
    });
  }

  #end(): void {
    this.#host.isAlive = false;
    // Its end frees the lock, which nobody but its successor is to have.
    if (this.#intruder !== undefined) this.#intruder.isAlive = false;
    this.#leader = undefined;
    this.#opened = undefined;
    this.#isClosing = false;
    this.#isReplaying = false;
    this.state = 'down';
  }

  async #run(host: Host): Promise<void> {
    this.state = 'starting';
    const { scenario, disk, note } = this.#world;
    note('start');
    let opened: FileLog;
    try {
      opened = await openFileLog(FOLDER, {
        fileSystem: disk.mount(host),
        segmentBytes: scenario.segmentBytes,
        newLogId: () => new Uint8Array(16).fill(7),
        verifyFromSequence: scenario.verifiesAll ? 0 : Number.MAX_SAFE_INTEGER,
      });
    } catch (error) {
      this.#failedToStart(error);
      return;
    }
    try {
      await this.#lead(host, opened);
    } catch (error) {
      if (!(error instanceof LogDamageError)) throw error;
      this.#failedToStart(error);
    }
  }

  async #lead(host: Host, opened: FileLog): Promise<void> {
    const { scheduler, witness, counters, scenario, clock, note } = this.#world;
    this.#isReplaying = true;
    if (opened.recovery.cutBytes > 0) counters.add('fault: torn write');
    const recovered = await recover({ reader: opened.reader, snapshots: opened.snapshots, machine: coreMachine });
    const stored = await opened.snapshots.list();
    // What nothing has damaged since it was looked at is looked at again in the end.
    const after = this.#harms.some(({ what }) => what === 'segment') ? 0 : witness.checkedSequence;
    const blocks = await readAll(opened.reader, after);
    this.#checkSnapshots(recovered, stored[0]?.sequence ?? 0);
    const added = witness.foundLog(blocks, after);
    if (this.#harms.some(({ what }) => what === 'segment')) throw new Error('damage to a segment was not found');
    witness.checkState(recovered.core);
    await this.#checkLongTail(opened, recovered);
    // Both slots of `head` have been written when the log is open.
    this.#harms = this.#harms.filter(({ what }) => what !== 'head');
    if (added > 0) counters.add('met: command found after a crash', added);
    counters.add(
      recovered.fromSnapshot === undefined ? 'met: recovery without a snapshot' : 'met: recovery from a snapshot',
    );
    if (blocks.some(({ count }) => count > 1)) counters.add('met: several commands in a block');
    if (disk(this.#world).length > 1) counters.add('met: several segments');
    note(`up at ${recovered.core.sequence} from ${recovered.fromSnapshot ?? 'the start'}, ${added} found`);

    this.#opened = opened;
    const { trouble } = this.#world.disk;
    const refusedBefore = trouble.refusedForRoom;
    const leader = new Leader({
      core: recovered.core,
      log: opened.log,
      snapshots: this.#watched(opened.snapshots),
      fromSnapshot: recovered.fromSnapshot,
      clock,
      limits: { maxBlockCommands: scenario.maxBlockCommands, maxQueuedCommands: scenario.maxQueuedCommands },
      snapshotEveryCommands: scenario.snapshotEveryCommands,
      onFailed: (error) => this.#failed(host, error),
      onReadOnly: () => {
        // By now there may be room again: an answer can be late.
        if (trouble.refusedForRoom === refusedBefore) scheduler.fail(new Error('read-only on a disk that had room'));
        this.state = 'read-only';
        counters.add('met: read-only');
        note('read-only');
      },
      onSnapshotFailed: (error) => {
        counters.add('met: snapshot not saved');
        this.#expectDiskError(error);
      },
    });
    leader.onCommitted((batch) => {
      try {
        witness.published(batch);
      } catch (error) {
        scheduler.fail(error);
      }
    });
    this.#leader = leader;
    this.#isReplaying = false;
    this.state = 'up';
  }

  /** SEQ-13: whoever wants a longer tail comes to the same state, and is told of all that is behind the snapshot. */
  async #checkLongTail({ reader, snapshots, log }: FileLog, { core, replayed }: Recovered<Core>): Promise<void> {
    const { lastSequence: head } = log.head;
    const wanted = { commands: this.#world.scenario.snapshotEveryCommands, head };
    let told = 0;
    const onReplayed = (batch: readonly Committed[]): void => {
      told += batch.length;
    };
    const longer = await recover({ reader, snapshots, machine: coreMachine, wanted, onReplayed });
    if (!Buffer.from(stateHash(longer.core)).equals(stateHash(core)))
      throw new Error('a longer tail led to another state');
    if (told !== head - (longer.fromSnapshot ?? 0)) throw new Error('a part of the tail was not told');
    if (told > replayed) this.#world.counters.add('met: a longer tail');
  }

  /** A snapshot that was saved loads, unless it was damaged; a damaged one is refused. */
  #checkSnapshots(
    recovered: {
      readonly fromSnapshot: number | undefined;
      readonly refusedSnapshots: readonly { readonly sequence: number; readonly error: unknown }[];
    },
    newest: number,
  ): void {
    const damaged = new Set(this.#harms.flatMap(({ what, sequence }) => (what === 'snapshot' ? [sequence] : [])));
    for (const { sequence, error } of recovered.refusedSnapshots) {
      if (!damaged.has(sequence)) throw new Error(`the snapshot at ${sequence} was refused`, { cause: error });
      this.#world.counters.add('met: snapshot refused');
    }
    if (recovered.fromSnapshot !== undefined && damaged.has(recovered.fromSnapshot))
      throw new Error(`the snapshot at ${recovered.fromSnapshot} was damaged and was taken`);
    if (newest < this.#savedSequence)
      throw new Error(`the snapshot at ${this.#savedSequence} was saved, the newest is at ${newest}`);
  }

  #watched(store: SnapshotStore): SnapshotStore {
    return {
      list: () => store.list(),
      save: async (snapshot) => {
        await store.save(snapshot);
        this.#savedSequence = snapshot.sequence;
        this.#harms = this.#harms.filter(({ what, sequence }) => what !== 'snapshot' || sequence !== snapshot.sequence);
        this.#world.counters.add('met: snapshot saved');
      },
    };
  }

  /** The leader gave up: the process ends, and the supervisor starts another. */
  #failed(host: Host, error: unknown): void {
    const { disk, counters, note } = this.#world;
    this.#expectDiskError(error);
    counters.add('met: process ended by a failed sync or write');
    note('failed');
    if (!host.isAlive) return;
    this.#end();
    disk.afterKill();
    this.start();
  }

  #failedToStart(error: unknown): void {
    const { disk, counters, note } = this.#world;
    if (error instanceof LogDamageError) {
      // One slot of `head` may be damaged and nothing is lost.
      const found = this.#harms.filter(({ what }) => what === 'segment');
      if (found.length === 0) throw error;
      counters.add('met: damage detected');
      note(`damage found: ${error.message}`);
      this.#harms = this.#harms.filter(({ what }) => what !== 'segment');
      this.#end();
      disk.afterKill();
      // The newest first: what it remembers may hold an older one.
      for (const harm of found.toReversed()) mend(disk, harm);
    } else {
      this.#expectDiskError(error);
      note('start failed');
      this.#end();
      disk.afterKill();
    }
    this.start();
  }

  /** Only what the disk was told to do may go wrong. */
  #expectDiskError(error: unknown): void {
    const cause = error instanceof LogFailedError && error.cause !== undefined ? error.cause : error;
    const root = cause instanceof LogFailedError ? cause.cause : cause;
    if (root instanceof Error && root.message.endsWith(': simulated')) return;
    this.#world.scheduler.fail(error);
  }
}

const disk = (world: World): readonly string[] =>
  world.disk.files.paths().filter((path) => path.startsWith(FOLDER) && path.endsWith('.log'));
