import type { AppendLog, Block, LogHead } from '@openvenue/log';

/** One block that has become durable. */
export interface AppendedBlock {
  readonly commands: number;
  readonly bytes: number;
  /** From handing it to the log to its being durable. */
  readonly seconds: number;
}

/** A log that tells how long it takes to make a block durable. */
export class MeasuredLog implements AppendLog {
  readonly #log: AppendLog;
  readonly #onAppended: (block: AppendedBlock) => void;

  constructor(log: AppendLog, onAppended: (block: AppendedBlock) => void) {
    this.#log = log;
    this.#onAppended = onAppended;
  }

  get head(): LogHead {
    return this.#log.head;
  }

  async append(block: Block): Promise<LogHead> {
    const { count, payload } = block;
    const bytes = payload.byteLength;
    const beganMs = performance.now();
    const head = await this.#log.append(block);
    this.#onAppended({ commands: count, bytes, seconds: (performance.now() - beganMs) / 1_000 });
    return head;
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}
