import type { Clock } from '../clock.ts';

/** Asks the venue for its time, Unix milliseconds. */
export type ReadServerTime = () => Promise<number>;

/** The venue's time as far as it is known here, for signatures. */
export class ServerClock {
  readonly #clock: Clock;
  readonly #readServerTime: ReadServerTime;
  #aheadMs: number | undefined;
  #lastTimestampMs = 0;
  #running: Promise<void> | undefined;

  constructor(clock: Clock, readServerTime: ReadServerTime) {
    this.#clock = clock;
    this.#readServerTime = readServerTime;
  }

  /**
   * A timestamp to sign with, Unix milliseconds. Each is later than the one before: two equal requests within one
   * millisecond would have equal signatures, and the venue takes the second for a replay.
   */
  async nextTimestampMs(): Promise<number> {
    if (this.#aheadMs === undefined) await this.synchronise();
    const nowMs = this.#clock.nowMs() + (this.#aheadMs ?? 0);
    this.#lastTimestampMs = Math.max(nowMs, this.#lastTimestampMs + 1);
    return this.#lastTimestampMs;
  }

  /** Compares the clocks. The venue's time counts for the middle of the way there and back. */
  synchronise(): Promise<void> {
    this.#running ??= this.#compare().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #compare(): Promise<void> {
    const sentAtMs = this.#clock.nowMs();
    const serverMs = await this.#readServerTime();
    const receivedAtMs = this.#clock.nowMs();
    this.#aheadMs = Math.round(serverMs - (sentAtMs + receivedAtMs) / 2);
    // A clock that was ahead must not keep the timestamps ahead.
    this.#lastTimestampMs = 0;
  }
}
