/** `doubled`: money moved twice; `lost`: what was acknowledged is gone; `went back`: a status did; `answer`: a reply that is not true. */
export type ViolationKind = 'doubled' | 'lost' | 'went back' | 'answer' | 'webhook' | 'partner';

const SHOWN = 20;

/** All that was found to be wrong. */
export class Violations {
  readonly #counts = new Map<ViolationKind, number>();
  readonly #shown: string[] = [];

  add(kind: ViolationKind, text: string): void {
    this.#counts.set(kind, this.count(kind) + 1);
    if (this.#shown.length < SHOWN) this.#shown.push(`${kind}: ${text}`);
  }

  count(kind: ViolationKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The first of them, one sentence each. */
  get shown(): readonly string[] {
    return this.#shown;
  }
}
