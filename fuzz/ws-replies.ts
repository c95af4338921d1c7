import type { FrameVerdict } from './checks/frames.ts';
import type { HostileFrames } from './hostile/ws-frames.ts';

/** Counts, on one connection, what must be answered against what was: which orders nobody knows the outcome of. */
export class WsReplies {
  accepted = 0;
  #replies = 0;
  #due = 0;
  /** Those before the first frame of which nobody knows what it makes of the next ones. */
  #dueForSure = 0;
  #orders = 0;
  #isPrivate = false;
  /** What the server makes of what is sent next. */
  #reads: 'each frame' | 'nobody knows' | 'nothing' = 'each frame';

  sent({ answeredBy, op }: Pick<HostileFrames, 'answeredBy' | 'op'>): void {
    if (this.#reads === 'nothing') return;
    if (answeredBy === 'unknown') this.#reads = 'nobody knows';
    else if (answeredBy === 'close') this.#reads = this.#reads === 'each frame' ? 'nothing' : this.#reads;
    else this.#due += answeredBy;
    if (this.#reads === 'each frame') this.#dueForSure = this.#due;
    if (op?.startsWith('order.')) this.#orders++;
  }

  /** Whether the end of our side is the answer: the rest of a frame never comes, and what follows lies inside of it. */
  get mayBeStuck(): boolean {
    return this.#reads === 'nobody knows';
  }

  heard({ kind }: FrameVerdict): void {
    if (kind === 'auth') this.#isPrivate = true;
    if (kind === 'order') this.accepted++;
    if (kind === 'order' || kind === 'refusal' || kind === 'reply') this.#replies++;
  }

  /** Whether all is answered that must be while the connection stands; where the server closes it, the close is the last answer. */
  get isSettled(): boolean {
    return this.#reads !== 'nothing' && this.#replies >= this.#dueForSure;
  }

  /**
   * Orders that were sent and not answered, at most: replies to them wait for the log, and the connection may end before. None on a
   * public connection, which takes none.
   */
  get unanswered(): number {
    if (!this.#isPrivate) return 0;
    return Math.max(0, Math.min(this.#orders - this.accepted, this.#due - this.#replies));
  }
}
