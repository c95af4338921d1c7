import assert from 'node:assert';
import type { LogReader } from '@openvenue/log';
import { LogBehindError } from './errors.ts';
import type { Committed } from './port.ts';
import { replayBlock } from './replay.ts';
import type { StateMachine } from './state-machine.ts';

/** A machine that follows a log which another writes. */
export class Replica<M extends StateMachine> {
  readonly #core: M;
  readonly #reader: LogReader;
  #isAdvancing = false;
  #halt: { readonly error: unknown } | undefined;

  /** `core` is as `recover` left it: the replica goes on behind its sequence. */
  constructor(options: { readonly core: M; readonly reader: LogReader }) {
    this.#core = options.core;
    this.#reader = options.reader;
  }

  /** The state so far; read it between batches only, never change it. */
  get core(): M {
    return this.#core;
  }

  /**
   * Applies the log up to `upTo`, or up to its durable end, and yields what each block brought, in order and without gaps. The core has
   * applied a batch when it is yielded; a caller that stops early goes on behind it with the next call. One call at a time.
   *
   * @throws LogBehindError when the log ends before `upTo`.
   * @throws SequenceGapError, StateDivergedError, BlockFormatError or the core's own error: the replica has halted, and so says every later call.
   */
  async *advance(upTo = Number.POSITIVE_INFINITY): AsyncGenerator<readonly Committed[], void, undefined> {
    assert(!this.#isAdvancing, 'the replica is advancing already');
    this.#isAdvancing = true;
    try {
      yield* this.#advance(upTo);
    } finally {
      this.#isAdvancing = false;
    }
  }

  async *#advance(upTo: number): AsyncGenerator<readonly Committed[], void, undefined> {
    if (this.#halt !== undefined) throw this.#halt.error;
    if (this.#core.sequence >= upTo) return;
    for await (const block of this.#reader.read(this.#core.sequence)) {
      let batch: readonly Committed[];
      try {
        batch = replayBlock(this.#core, block, { upTo });
      } catch (error) {
        this.#halt = { error };
        throw error;
      }
      yield batch;
      if (this.#core.sequence >= upTo) return;
    }
    if (Number.isFinite(upTo)) {
      throw new LogBehindError({ lastSequence: this.#core.sequence, neededSequence: upTo, what: 'the durable end' });
    }
  }
}
