import type { WalkPosition } from './segment-walk.ts';

/** Ends of the latest reads that are remembered: so many tailing readers can share one without searching. */
export const RECENT_READS = 16;
/** Distance of landmarks in a segment, in bytes: a search reads no more than about this. */
const LANDMARK_BYTES = 256 * 1024;
/** Landmarks that are remembered; the oldest are forgotten first. */
const LANDMARKS = 1024;

/** Where reads have been, so that the next ones need not walk a segment from its start. */
export class ReadPositions {
  /** The last used at the end. */
  readonly #recent: { position: WalkPosition }[] = [];
  readonly #landmarks = new Map<string, WalkPosition>();

  /** Returns the function that a read tells every place it passes. */
  startRead(): (position: WalkPosition) => void {
    let own: { position: WalkPosition } | undefined;
    return (position) => {
      if (own === undefined) {
        own = { position };
        if (this.#recent.length === RECENT_READS) this.#recent.shift();
        this.#recent.push(own);
      }
      own.position = position;
      this.#mark(position);
    };
  }

  /** The place after the record `sequence`, if a recent read ended there. */
  at(sequence: number): WalkPosition | undefined {
    const index = this.#recent.findLastIndex(({ position }) => position.head.lastSequence === sequence);
    if (index === -1) return undefined;
    const [found] = this.#recent.splice(index, 1);
    this.#recent.push(found!);
    return found!.position;
  }

  /** The last known place after a record from `first` to `last`. */
  lastBetween(first: number, last: number): WalkPosition | undefined {
    let nearest: WalkPosition | undefined;
    for (const position of [...this.#landmarks.values(), ...this.#recent.map((read) => read.position)]) {
      const sequence = position.head.lastSequence;
      if (sequence < first || sequence > last) continue;
      if (nearest === undefined || sequence > nearest.head.lastSequence) nearest = position;
    }
    return nearest;
  }

  #mark(position: WalkPosition): void {
    const key = `${position.segment}/${Math.floor(position.offset / LANDMARK_BYTES)}`;
    if (this.#landmarks.has(key)) return;
    if (this.#landmarks.size === LANDMARKS) {
      const [oldest] = this.#landmarks.keys();
      this.#landmarks.delete(oldest!);
    }
    this.#landmarks.set(key, position);
  }
}
