import assert from 'node:assert';
import type { AppendLog, Block, LogHead } from '@openvenue/log';

/** Puts each append on hold until the test lets it go on or fails it. */
export class HeldLog implements AppendLog {
  readonly #log: AppendLog;
  /** Every block handed over, in order. */
  readonly blocks: Block[] = [];
  #gate = Promise.withResolvers<void>();
  #handedOver = Promise.withResolvers<void>();
  #isHeld = false;

  constructor(log: AppendLog) {
    this.#log = log;
  }

  get head(): LogHead {
    return this.#log.head;
  }

  async append(block: Block): Promise<LogHead> {
    assert(!this.#isHeld, 'an append is in flight');
    this.#isHeld = true;
    this.blocks.push({ ...block, payload: block.payload.slice() });
    this.#handedOver.resolve();
    await this.#gate.promise;
    return this.#log.append(block);
  }

  /** Resolves when an append is on hold. */
  async untilHeld(): Promise<Block> {
    await this.#handedOver.promise;
    return this.blocks.at(-1)!;
  }

  /** Lets the append on hold become durable. */
  release(): void {
    this.#open().resolve();
  }

  /** Makes the append on hold reject; nothing is written. */
  fail(error: Error): void {
    this.#open().reject(error);
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  #open() {
    assert(this.#isHeld, 'no append is on hold');
    const gate = this.#gate;
    this.#isHeld = false;
    this.#gate = Promise.withResolvers();
    this.#handedOver = Promise.withResolvers();
    return gate;
  }
}
