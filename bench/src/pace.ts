import type { LoadShape, Tally } from './tally.ts';

/** How often requests that have become due are looked for. */
const TICK_MS = 1;

/** Where one request at a time can be sent. */
export interface Lane {
  /** `dueMs`: when the request should have gone out. */
  send(dueMs: number): void;
}

/**
 * Says when lanes send. Without a rate each sends again as soon as it has its reply. With one, requests become due evenly and wait for a
 * free lane, and their waiting counts: a server that stalls doesn't slow its clients down.
 */
export class Pace {
  readonly #perSecond: number | undefined;
  readonly #tally: Tally;
  readonly #idle: Lane[] = [];
  /** When those were due that no lane was free for; the first so many have been sent. */
  #due: number[] = [];
  #sent = 0;
  #nextMs = performance.now();

  constructor({ perSecond }: Pick<LoadShape, 'perSecond'>, tally: Tally) {
    this.#perSecond = perSecond;
    this.#tally = tally;
    if (perSecond !== undefined) this.#tick(1_000 / perSecond);
  }

  /** A lane is free, at the beginning or after its reply. False when it's over. */
  free(lane: Lane): boolean {
    const nowMs = performance.now();
    if (nowMs >= this.#tally.endMs) return false;
    if (this.#perSecond === undefined) lane.send(nowMs);
    else {
      const dueMs = this.#due[this.#sent];
      if (dueMs === undefined) {
        this.#due = [];
        this.#sent = 0;
        this.#idle.push(lane);
      } else {
        this.#sent++;
        lane.send(dueMs);
      }
    }
    return true;
  }

  #tick(intervalMs: number): void {
    const nowMs = performance.now();
    for (; this.#nextMs <= nowMs; this.#nextMs += intervalMs) {
      const lane = this.#idle.pop();
      this.#tally.due(this.#nextMs, lane === undefined ? undefined : performance.now());
      if (lane === undefined) this.#due.push(this.#nextMs);
      else lane.send(this.#nextMs);
    }
    // At the end everyone who waits is let go by one last request.
    if (nowMs < this.#tally.endMs) setTimeout(() => this.#tick(intervalMs), TICK_MS);
    else for (const lane of this.#idle.splice(0)) lane.send(nowMs);
  }
}
