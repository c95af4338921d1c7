import assert from 'node:assert';
import { type Command, decodeCommand, encodeCommand } from '@openvenue/core';
import { type AppendLog, LogFullError, type SnapshotStore } from '@openvenue/log';
import { encodeBlock } from './block-codec.ts';
import { CommandQueue, DEFAULT_LEADER_LIMITS, type LeaderLimits, type QueuedCommand } from './command-queue.ts';
import { NodeStoppedError, OutcomeUnknownError, ReadOnlyError } from './errors.ts';
import { isNewOrder } from './new-orders.ts';
import type { CommitListener, Committed } from './port.ts';
import { applyCommand } from './replay.ts';
import { SnapshotSchedule } from './snapshot-schedule.ts';
import type { Clock, StateMachine } from './state-machine.ts';

export interface LeaderOptions<M extends StateMachine> {
  /** As `recover` left it, at the log's head. From now on the leader's alone to change. */
  readonly core: M;
  /** Stays the caller's to close, after the leader. */
  readonly log: AppendLog;
  readonly snapshots: SnapshotStore;
  /** Sequence of the newest good snapshot; undefined for none. */
  readonly fromSnapshot: number | undefined;
  readonly clock: Clock;
  readonly limits?: Partial<LeaderLimits>;
  /** Commands from one snapshot and state hash to the next. Default: 50,000. */
  readonly snapshotEveryCommands?: number;
  /** The node has failed for good: the process must end, and a new one recover. Called once at most. */
  readonly onFailed: (error: unknown) => void;
  /** The log is out of space: from now on every command is refused, reads go on. Called once at most. */
  readonly onReadOnly: (error: unknown) => void;
  /** A snapshot could not be saved; the node goes on and tries the next one. */
  readonly onSnapshotFailed: (error: unknown) => void;
}

/** `closing` drains the queue; `read-only` and `failed` are for good. */
export type LeaderStatus = 'open' | 'read-only' | 'failed' | 'closing' | 'closed';

interface SequencedBlock {
  readonly lastSequence: number;
  readonly timeMs: number;
  readonly commands: readonly QueuedCommand[];
}

/**
 * The one node that sequences commands. One block is in flight at a time and all that arrives meanwhile is the next (group commit). Over
 * the venue's core it is a `VenueNode`.
 */
export class Leader<M extends StateMachine> {
  readonly core: M;
  readonly #log: AppendLog;
  readonly #clock: Clock;
  readonly #queue: CommandQueue;
  readonly #snapshots: SnapshotSchedule;
  readonly #onFailed: (error: unknown) => void;
  readonly #onReadOnly: (error: unknown) => void;
  #listeners: readonly { readonly call: CommitListener }[] = [];
  #status: LeaderStatus = 'open';
  #cause: unknown;
  #sequence: number;
  #timeMs: number;
  /** Hash of the state as it stands, for the next block to carry. */
  #stateHash: Uint8Array | undefined;
  /** Blocks whose commands have been handed to the log and not all been answered: at most one durable and one in flight. */
  readonly #unanswered = new Set<SequencedBlock>();
  #running: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: LeaderOptions<M>) {
    const { core, log } = options;
    assert.strictEqual(core.sequence, log.head.lastSequence, 'the core is not at the head of the log');
    this.core = core;
    this.#log = log;
    this.#clock = options.clock;
    this.#queue = new CommandQueue({ ...DEFAULT_LEADER_LIMITS, ...options.limits });
    this.#snapshots = new SnapshotSchedule({
      store: options.snapshots,
      everyCommands: options.snapshotEveryCommands,
      lastSequence: options.fromSnapshot ?? 0,
      onFailed: options.onSnapshotFailed,
    });
    this.#onFailed = options.onFailed;
    this.#onReadOnly = options.onReadOnly;
    this.#sequence = core.sequence;
    this.#timeMs = core.timeMs;
  }

  get status(): LeaderStatus {
    return this.#status;
  }

  /** Commands that wait for a block. */
  get queuedCommands(): number {
    return this.#queue.length;
  }

  /**
   * Sequences a command; resolves after it is durable and applied. The command may be changed or reused as soon as the call returns.
   *
   * Rejects with a `NotRecordedError` when nothing was recorded: `OverloadedError` when the queue is full, `ReadOnlyError` when the log
   * takes no more, `NodeStoppedError` when the node is closing or has failed, `CommandTooLargeError`. Rejects with `OutcomeUnknownError`
   * when the command had been handed to the log and its fate is not known.
   */
  submit(command: Command): Promise<Committed> {
    return new Promise((resolve, reject) => {
      if (this.#status !== 'open') throw this.#refusal();
      const line = encodeCommand(command);
      this.#queue.push({
        line,
        bytes: Buffer.byteLength(line) + 1,
        isNewOrder: isNewOrder(command),
        resolve,
        reject,
      });
      this.#wake();
    });
  }

  /** See `VenueNode.onCommitted`. A listener that throws ends the node. */
  onCommitted(listener: CommitListener): () => void {
    const entry = { call: listener };
    this.#listeners = [...this.#listeners, entry];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== entry);
    };
  }

  /**
   * Refuses new commands, finishes those accepted and saves a snapshot. Resolves also when the node failed; an append that is in flight
   * then is the log's to wait for. Idempotent.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#status === 'open') this.#status = 'closing';
    await this.#running;
    if (this.#status === 'closing') await this.#snapshots.finish(this.core);
    await this.#snapshots.settle();
    if (this.#status === 'closing') this.#status = 'closed';
  }

  #refusal(): Error {
    if (this.#status === 'read-only') return new ReadOnlyError(this.#cause);
    if (this.#status === 'failed') return new NodeStoppedError('the node has failed', this.#cause);
    return new NodeStoppedError('the node is closing');
  }

  /** The first block begins in a microtask, so that what is submitted in one turn travels together. */
  #wake(): void {
    this.#running ??= Promise.resolve().then(() => this.#run());
  }

  async #run(): Promise<void> {
    try {
      await this.#sequenceAll();
    } catch (error) {
      this.#stop(error);
    }
  }

  /** The next block's append begins before the last one is applied, so that disk and processor work at the same time. */
  async #sequenceAll(): Promise<void> {
    let durable: SequencedBlock | undefined;
    while (durable !== undefined || this.#queue.length > 0) {
      // A state hash speaks of the state before the very next block, so that block has to wait for it.
      if (durable !== undefined && this.#snapshots.isDue(durable.lastSequence)) {
        this.#apply(durable);
        durable = undefined;
        this.#stateHash = this.#snapshots.take(this.core);
      }
      const next = this.#cutBlock();
      const appended = next === undefined ? undefined : this.#append(next);
      if (durable !== undefined) {
        this.#apply(durable);
        this.core.prepareSnapshot();
      }
      const failure = await appended;
      if (failure !== undefined) throw failure.error;
      durable = next?.block;
    }
    // In the same turn as the look at the queue: a command that comes later wakes the loop again.
    this.#running = undefined;
  }

  #cutBlock() {
    if (this.#queue.length === 0) return undefined;
    const nowMs = this.#clock.nowMs();
    assert(Number.isSafeInteger(nowMs) && nowMs >= 0, 'the clock gave no time');
    this.#timeMs = Math.max(this.#timeMs, nowMs);
    const commands = this.#queue.takeBlock();
    const firstSequence = this.#sequence + 1;
    this.#sequence += commands.length;
    const block: SequencedBlock = { lastSequence: this.#sequence, timeMs: this.#timeMs, commands };
    this.#unanswered.add(block);
    assert(this.#unanswered.size <= 2, 'more than one block is in flight');
    return { firstSequence, block };
  }

  /** Resolves with the failure instead of rejecting, as nobody waits for it while the block before is applied. */
  #append(cut: { readonly firstSequence: number; readonly block: SequencedBlock }) {
    const { firstSequence, block } = cut;
    const stateHash = this.#stateHash;
    this.#stateHash = undefined;
    assert(stateHash === undefined || this.core.sequence === firstSequence - 1, 'the state hash is of another state');
    const { rules } = this.core;
    const content = { timeMs: block.timeMs, rules, ...(stateHash === undefined ? {} : { stateHash }) };
    const lines = block.commands.map((command) => command.line);
    const payload = encodeBlock(content, lines);
    return this.#log.append({ firstSequence, count: lines.length, payload }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  }

  /** Every node applies what the log holds, so the leader too decodes the line and leaves the submitter's object alone. */
  #apply(block: SequencedBlock): void {
    const batch = block.commands.map(({ line }) => applyCommand(this.core, block.timeMs, decodeCommand(line)));
    assert.strictEqual(this.core.sequence, block.lastSequence, 'the core and the log count differently');
    for (const [index, command] of block.commands.entries()) command.resolve(batch[index]!);
    this.#unanswered.delete(block);
    for (const listener of this.#listeners) if (this.#listeners.includes(listener)) listener.call(batch);
  }

  #stop(error: unknown): void {
    const isFull = error instanceof LogFullError;
    this.#status = isFull ? 'read-only' : 'failed';
    this.#cause = error;
    for (const { commands } of this.#unanswered) {
      for (const command of commands) command.reject(new OutcomeUnknownError(error));
    }
    this.#unanswered.clear();
    for (const command of this.#queue.takeAll()) command.reject(this.#refusal());
    if (isFull) this.#onReadOnly(error);
    else this.#onFailed(error);
  }
}
