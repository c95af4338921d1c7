import { type LogReader, lastSequenceOf, type SnapshotStore, type StoredSnapshot } from '@openvenue/log';
import { LogBehindError } from './errors.ts';
import type { Committed } from './port.ts';
import { replayBlock } from './replay.ts';
import { checkStateHash, snapshotHash, stateHash } from './state-hash.ts';
import type { StateMachine, StateMachineFactory } from './state-machine.ts';

export interface RecoveryOptions<M extends StateMachine> {
  readonly reader: LogReader;
  readonly snapshots: Pick<SnapshotStore, 'list'>;
  readonly machine: StateMachineFactory<M>;
  /** Recover the state after exactly this sequence. Default: the log's durable end. */
  readonly upTo?: number;
  /** Use no snapshot after this sequence; 0 replays everything. Default: `upTo`. */
  readonly notBeyond?: number;
  /** What read models of recent events want: begin so early that these are replayed, as far as snapshots are kept. Default: as late as can be. */
  readonly wanted?: WantedTail;
  /** Takes each replayed block, in order and without gaps: what read models of recent events begin with. */
  readonly onReplayed?: (batch: readonly Committed[]) => void;
}

/** The last commands of a log. */
export interface WantedTail {
  readonly commands: number;
  /** Sequence of the log's last command. */
  readonly head: number;
}

/** A snapshot that was passed over. */
export interface RefusedSnapshot {
  readonly sequence: number;
  readonly error: unknown;
}

export interface Recovered<M extends StateMachine> {
  readonly core: M;
  /** Sequence of the snapshot that was restored; undefined when the log was replayed from its start. */
  readonly fromSnapshot: number | undefined;
  /** Commands replayed. */
  readonly replayed: number;
  /** Time of the last command, in milliseconds since 1970; no later command may be before it. */
  readonly timeMs: number;
  /** Newer snapshots that were no good, newest first: for the operator to know. */
  readonly refusedSnapshots: readonly RefusedSnapshot[];
}

/**
 * Rebuilds the state from the newest good snapshot and the log's tail, or from the newest that leaves the tail that is wanted. A bad snapshot costs
 * an older one and a longer tail.
 *
 * @throws LogBehindError when the log ends before a snapshot, good or bad, or before `upTo`: starting would forget acknowledged commands.
 * @throws SequenceGapError, StateDivergedError, BlockFormatError, LogDamageError when the log is not what was written.
 */
export async function recover<M extends StateMachine>(options: RecoveryOptions<M>): Promise<Recovered<M>> {
  const { reader, snapshots, upTo } = options;
  const stored = await snapshots.list();
  const newest = stored[0];
  if (newest !== undefined) await requireSequence(reader, newest.sequence, 'a snapshot');
  const notBeyond = Math.min(options.notBeyond ?? Number.POSITIVE_INFINITY, upTo ?? Number.POSITIVE_INFINITY);
  const usable = stored.filter((snapshot) => snapshot.sequence <= notBeyond);
  const { core, restored, refusedSnapshots } = await restoreFirst(inTurn(usable, options.wanted), options.machine);
  const { onReplayed } = options;
  const replayed = await replayTail(core, reader, { upTo, knownHash: restored?.hash, onReplayed });
  if (upTo !== undefined && core.sequence < upTo) {
    throw new LogBehindError({ lastSequence: core.sequence, neededSequence: upTo, what: 'the sequence to recover' });
  }
  return { core, fromSnapshot: restored?.sequence, replayed, timeMs: core.timeMs, refusedSnapshots };
}

type Unset<T> = { readonly [Name in keyof T]-?: T[Name] | undefined };

async function replayTail(
  core: StateMachine,
  reader: LogReader,
  options: { readonly knownHash: Uint8Array | undefined } & Unset<
    Pick<RecoveryOptions<StateMachine>, 'upTo' | 'onReplayed'>
  >,
): Promise<number> {
  const upTo = options.upTo ?? Number.POSITIVE_INFINITY;
  let knownHash = options.knownHash;
  let replayed = 0;
  if (core.sequence >= upTo) return replayed;
  for await (const block of reader.read(core.sequence)) {
    const batch = replayBlock(core, block, { upTo, knownHash });
    options.onReplayed?.(batch);
    replayed += batch.length;
    knownHash = undefined;
    if (core.sequence >= upTo) break;
  }
  return replayed;
}

/** The order in which snapshots, given newest first, are tried. A log that is all tail needs none. */
function inTurn(stored: readonly StoredSnapshot[], wanted: WantedTail | undefined): readonly StoredSnapshot[] {
  if (wanted === undefined) return stored;
  const { commands, head } = wanted;
  if (head <= commands) return [];
  const early = stored.filter(({ sequence }) => sequence <= head - commands);
  const late = stored.filter(({ sequence }) => sequence > head - commands);
  return early.length > 0 ? [...early, ...late] : late.toReversed();
}

interface Restored<M extends StateMachine> {
  readonly core: M;
  readonly restored: { readonly sequence: number; readonly hash: Uint8Array } | undefined;
  readonly refusedSnapshots: readonly RefusedSnapshot[];
}

async function restoreFirst<M extends StateMachine>(
  stored: readonly StoredSnapshot[],
  machine: StateMachineFactory<M>,
): Promise<Restored<M>> {
  const refusedSnapshots: RefusedSnapshot[] = [];
  for (const snapshot of stored) {
    const { sequence } = snapshot;
    try {
      const { core, hash } = await restoreOne(snapshot, machine);
      return { core, restored: { sequence, hash }, refusedSnapshots };
    } catch (error) {
      // Whatever is wrong with it, the log has everything it holds; the caller is told.
      refusedSnapshots.push({ sequence, error });
    }
  }
  return { core: machine.empty(), restored: undefined, refusedSnapshots };
}

/** Restores a snapshot and proves it: the bytes have the recorded hash, and so has the state made of them. */
async function restoreOne<M extends StateMachine>(snapshot: StoredSnapshot, machine: StateMachineFactory<M>) {
  const { sequence } = snapshot;
  const bytes = await snapshot.load();
  const expected = snapshot.stateHash;
  if (expected === undefined) throw new Error(`the snapshot at ${sequence} has no state hash`);
  checkStateHash(sequence, { expected, actual: snapshotHash(bytes) });
  const core = machine.restore(bytes);
  if (core.sequence !== sequence) {
    throw new Error(`the snapshot at ${sequence} holds the state after ${core.sequence}`);
  }
  const hash = stateHash(core);
  checkStateHash(sequence, { expected, actual: hash });
  return { core, hash };
}

async function requireSequence(reader: LogReader, neededSequence: number, what: string): Promise<void> {
  for await (const _ of reader.read(neededSequence - 1)) return;
  let lastSequence = 0;
  for await (const block of reader.read(0)) lastSequence = lastSequenceOf(block);
  throw new LogBehindError({ lastSequence, neededSequence, what });
}
