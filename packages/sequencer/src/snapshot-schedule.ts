import assert from 'node:assert';
import type { SnapshotStore } from '@openvenue/log';
import { snapshotHash } from './state-hash.ts';
import type { StateMachine } from './state-machine.ts';

/** Commands from one snapshot and state hash to the next. */
export const DEFAULT_SNAPSHOT_EVERY_COMMANDS = 50_000;

export interface SnapshotScheduleOptions {
  readonly store: SnapshotStore;
  /** At least 1. Default: {@link DEFAULT_SNAPSHOT_EVERY_COMMANDS}. */
  readonly everyCommands?: number | undefined;
  /** Sequence of the newest good snapshot, 0 for none. */
  readonly lastSequence: number;
  /** A snapshot could not be saved. The log has everything it would hold, so the next one is tried when it is due. */
  readonly onFailed: (error: unknown) => void;
}

/** Says when a snapshot is due, takes it and saves it, one at a time. */
export class SnapshotSchedule {
  readonly #store: SnapshotStore;
  readonly #everyCommands: number;
  readonly #onFailed: (error: unknown) => void;
  #takenSequence: number;
  #savedSequence: number;
  #saving: Promise<void> | undefined;

  constructor(options: SnapshotScheduleOptions) {
    const everyCommands = options.everyCommands ?? DEFAULT_SNAPSHOT_EVERY_COMMANDS;
    assert(Number.isSafeInteger(everyCommands) && everyCommands >= 1, 'everyCommands is not a positive integer');
    this.#store = options.store;
    this.#everyCommands = everyCommands;
    this.#onFailed = options.onFailed;
    this.#takenSequence = options.lastSequence;
    this.#savedSequence = options.lastSequence;
  }

  /** Whether the state after `sequence` is to be taken. */
  isDue(sequence: number): boolean {
    return sequence - this.#takenSequence >= this.#everyCommands;
  }

  /** Takes the state as it stands, starts to save it unless a save is still in flight, and returns its hash. */
  take(core: StateMachine): Uint8Array {
    const { sequence } = core;
    const bytes = core.snapshot();
    const stateHash = snapshotHash(bytes);
    this.#takenSequence = sequence;
    if (this.#saving === undefined) {
      this.#saving = this.#save({ sequence, bytes, stateHash }).finally(() => {
        this.#saving = undefined;
      });
    }
    return stateHash;
  }

  /** Waits for the save in flight, and saves the state as it stands unless that is done. */
  async finish(core: StateMachine): Promise<void> {
    await this.settle();
    if (core.sequence === this.#savedSequence) return;
    this.take(core);
    await this.settle();
  }

  /** Waits for the save in flight. */
  async settle(): Promise<void> {
    await this.#saving;
  }

  async #save(snapshot: { readonly sequence: number; readonly bytes: Uint8Array; readonly stateHash: Uint8Array }) {
    try {
      await this.#store.save(snapshot);
      this.#savedSequence = snapshot.sequence;
    } catch (error) {
      this.#onFailed(error);
    }
  }
}
