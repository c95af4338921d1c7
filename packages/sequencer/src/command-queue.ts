import assert from 'node:assert';
import { MAX_LINES_BYTES } from './block-codec.ts';
import { CommandTooLargeError, OverloadedError } from './errors.ts';
import type { Committed } from './port.ts';

/** Bounds of the leader's memory and of its blocks. All are positive integers. */
export interface LeaderLimits {
  /** Commands that wait for a block; one more is refused. New orders are refused earlier, see {@link ORDER_RESERVE_DIVISOR}. */
  readonly maxQueuedCommands: number;
  /** Their encoded bytes together; the same holds. */
  readonly maxQueuedBytes: number;
  /** Commands in a block. */
  readonly maxBlockCommands: number;
  /** Encoded bytes of a block's commands, at most {@link MAX_LINES_BYTES}. A command larger than this is refused. */
  readonly maxBlockBytes: number;
}

export const DEFAULT_LEADER_LIMITS: LeaderLimits = Object.freeze({
  maxQueuedCommands: 16_384,
  maxQueuedBytes: 64 * 1024 * 1024,
  maxBlockCommands: 4_096,
  maxBlockBytes: 4 * 1024 * 1024,
});

/**
 * New orders leave this part of both limits, rounded down, to everything else: whoever wants out, and prices that liquidate, find room
 * while the excess of orders is refused.
 */
export const ORDER_RESERVE_DIVISOR = 8;

/** A command on its way, with the ends of its submitter's promise. */
export interface QueuedCommand {
  /** The encoded command. */
  readonly line: string;
  /** Bytes of the line in UTF-8 and its line feed. */
  readonly bytes: number;
  /** Whether it is to bring new orders to the book. */
  readonly isNewOrder: boolean;
  resolve(committed: Committed): void;
  reject(error: Error): void;
}

/** First in, first out, up to a limit. */
export class CommandQueue {
  readonly #limits: LeaderLimits;
  #waiting: QueuedCommand[] = [];
  #bytes = 0;

  constructor(limits: LeaderLimits) {
    for (const [name, limit] of Object.entries(limits)) {
      assert(Number.isSafeInteger(limit) && limit >= 1, `${name} is not a positive integer`);
    }
    assert(limits.maxBlockBytes <= MAX_LINES_BYTES, 'maxBlockBytes is larger than a block can be');
    this.#limits = limits;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** @throws OverloadedError when the queue is full; CommandTooLargeError when the command fits into no block. */
  push(command: QueuedCommand): void {
    const { maxBlockBytes, maxQueuedCommands, maxQueuedBytes } = this.#limits;
    if (command.bytes > maxBlockBytes)
      throw new CommandTooLargeError({ bytes: command.bytes, maxBytes: maxBlockBytes });
    const placeOf = (limit: number): number => (command.isNewOrder ? withoutReserve(limit) : limit);
    const isFull = this.#waiting.length >= placeOf(maxQueuedCommands);
    if (isFull || this.#bytes + command.bytes > placeOf(maxQueuedBytes)) throw new OverloadedError();
    this.#waiting.push(command);
    this.#bytes += command.bytes;
  }

  /** Takes the commands of the next block, as many as fit; none when the queue is empty. */
  takeBlock(): QueuedCommand[] {
    const { maxBlockCommands, maxBlockBytes } = this.#limits;
    let count = 0;
    let bytes = 0;
    for (const command of this.#waiting) {
      if (count === maxBlockCommands || bytes + command.bytes > maxBlockBytes) break;
      count++;
      bytes += command.bytes;
    }
    this.#bytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  takeAll(): QueuedCommand[] {
    const all = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    return all;
  }
}

const withoutReserve = (limit: number): number => limit - Math.floor(limit / ORDER_RESERVE_DIVISOR);
