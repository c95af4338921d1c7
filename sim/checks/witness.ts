import { isDeepStrictEqual } from 'node:util';
import { Core, decodeCommand, encodeCommand, explainLiquidation } from '@openvenue/core';
import { assertInvariants } from '@openvenue/core/testing';
import { type Block, lastSequenceOf } from '@openvenue/log';
import { type Committed, decodeBlock, stateHash } from '@openvenue/sequencer';
import type { Counters } from '../machine/counters.ts';
import { AdlOrder } from './adl-order.ts';
import { ConditionCheck } from './conditions.ts';
import { OnceOnly } from './once.ts';
import { checkReduceOnlyCuts } from './reduce-only-cuts.ts';
import { Lookout } from './sights.ts';
import { Streams } from './streams.ts';
import { Submissions } from './submissions.ts';

/**
 * Every so many commands the invariants are recomputed, and after every liquidation and every start. A fault mostly stays in the state,
 * so the next look finds it.
 */
const INVARIANTS_EVERY = 8;

/** A command as it was published. */
export interface Published {
  readonly line: string;
  readonly timeMs: number;
}

/**
 * Stands beside the venue and never restarts. It applies every published command to a core of its own, which has never seen a
 * snapshot, and holds all that the venue says, before and after crashes, against that.
 */
export class Witness {
  readonly core = new Core();
  readonly submissions = new Submissions();
  readonly #once = new OnceOnly();
  readonly #streams = new Streams();
  readonly #conditions = new ConditionCheck();
  readonly #adlOrder = new AdlOrder();
  readonly #published: Published[] = [];
  /** Payloads that were held against what was published, by their first sequence. */
  readonly #blocks = new Map<number, Uint8Array>();
  #checkedSequence = 0;
  /** Of the own core, when it was last asked for. */
  #hash: { readonly sequence: number; readonly hash: Uint8Array } | undefined;
  readonly #lookout: Lookout;
  readonly #note: (text: string) => void;

  constructor(counters: Counters, note: (text: string) => void) {
    this.#lookout = new Lookout(counters);
    this.#note = note;
  }

  /** All that was published. */
  get history(): readonly Published[] {
    return this.#published;
  }

  /** Begins with what was published before the run. */
  takeUp(history: readonly Published[]): void {
    for (const { line, timeMs } of history) {
      this.submissions.submitted(line);
      this.submissions.committed(line);
      this.#apply(this.core.sequence + 1, timeMs, line);
    }
  }

  /** The venue handed this out as done: from now on it must not be forgotten. */
  published(batch: readonly Committed[]): void {
    for (const committed of batch) {
      const line = encodeCommand(committed.command);
      const own = this.#apply(committed.sequence, committed.timeMs, line);
      if (!isDeepStrictEqual(own.reply, committed.reply)) throw differs(committed, [committed.reply, own.reply]);
      const at = own.events.findIndex((event, index) => !isDeepStrictEqual(event, committed.events[index]));
      if (at !== -1 || own.events.length !== committed.events.length)
        throw differs(committed, [committed.events[at], own.events[at]]);
    }
  }

  /**
   * Holds the log after the sequence `after`, as it is found after a restart, against what was published; returns how many commands it
   * adds.
   */
  foundLog(blocks: readonly Block[], after = 0): number {
    const before = this.#published.length;
    let next = after + 1;
    let blocksBeyond = 0;
    for (const block of blocks) {
      if (block.firstSequence !== next) throw new Error(`the log goes on at ${block.firstSequence}, expected ${next}`);
      next = lastSequenceOf(block) + 1;
      if (next - 1 > before) blocksBeyond++;
      const seen = this.#blocks.get(block.firstSequence);
      if (seen !== undefined && Buffer.compare(seen, block.payload) === 0) continue;
      const { timeMs, commands } = decodeBlock(block);
      for (const [index, command] of commands.entries()) this.#found(block.firstSequence + index, timeMs, command);
      this.#blocks.set(block.firstSequence, block.payload);
    }
    if (next <= before) throw new Error(`acknowledged commands are lost: the log ends at ${next - 1} of ${before}`);
    if (blocksBeyond > 1) throw new Error(`${blocksBeyond} blocks follow the last published command`);
    this.#checkedSequence = next - 1;
    return this.#published.length - before;
  }

  /** The end of a block up to which the log was held against what was published. */
  get checkedSequence(): number {
    return this.#checkedSequence;
  }

  #found(sequence: number, timeMs: number, command: Committed['command']): void {
    const line = encodeCommand(command);
    const known = this.#published[sequence - 1];
    if (known === undefined) this.#apply(sequence, timeMs, line);
    else if (known.line !== line || known.timeMs !== timeMs)
      throw new Error(`command ${sequence} was ${known.line} at ${known.timeMs}, found ${line} at ${timeMs}`);
  }

  /** What a replica was handed must be what was published, as far as it was. */
  followed({ sequence, timeMs, command }: Committed): void {
    const known = this.#published[sequence - 1];
    const line = encodeCommand(command);
    if (known !== undefined && (known.line !== line || known.timeMs !== timeMs))
      throw new Error(`a replica read ${line} at ${timeMs} as command ${sequence}, it was ${known.line}`);
  }

  /** The state of a recovered core must be that of the whole history. */
  checkState(core: Core): void {
    if (core.sequence !== this.core.sequence)
      throw new Error(`recovered to ${core.sequence}, the log ends at ${this.core.sequence}`);
    if (this.#hash?.sequence !== core.sequence) {
      assertInvariants(this.core);
      this.#hash = { sequence: core.sequence, hash: stateHash(this.core) };
    }
    if (Buffer.compare(stateHash(core), this.#hash.hash) !== 0)
      throw new Error(`the state recovered at ${core.sequence} is not that of the whole history`);
  }

  #apply(sequence: number, timeMs: number, line: string): Committed {
    this.submissions.recorded(line);
    const command = decodeCommand(line);
    const { reply, events } = this.core.apply(sequence, timeMs, command);
    const committed: Committed = { sequence, timeMs, command, reply, events };
    this.#published.push({ line, timeMs });
    this.#note(`${sequence} ${command.type} ${reply.ok ? 'ok' : reply.reason} ${events.length}`);
    this.#streams.check(committed);
    this.#once.check(committed);
    checkReduceOnlyCuts(this.core, committed);
    checkExplanations(committed);
    this.#conditions.check(this.core, committed);
    this.#adlOrder.check(this.core, committed);
    if (sequence % INVARIANTS_EVERY === 0 || events.some(({ type }) => type === 'liquidation-step'))
      assertInvariants(this.core);
    this.#lookout.look(committed, this.core);
    return committed;
  }
}

/** Every step of a liquidation follows from what it says of itself (LIQ-4). */
function checkExplanations({ events }: Committed): void {
  for (const { step, faults } of explainLiquidation(events))
    if (faults.length > 0)
      throw new Error(`step ${step.step} of the liquidation of user ${step.userId}: ${faults.join('; ')}`);
}

function differs(committed: Committed, [found, expected]: readonly [unknown, unknown]): Error {
  const { sequence, command } = committed;
  return new Error(
    `command ${sequence} (${show(command)}) gave ${show(found)}, by the whole history it is ${show(expected)}`,
  );
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)) ?? 'nothing';
