import { createHash } from 'node:crypto';

const TAIL_LINES = 60;

/** What happened, line by line: a digest of all of it, and the newest lines for whoever looks into a failure. */
export class Trace {
  readonly #digest = createHash('sha256');
  readonly #tail: string[] = [];
  lines = 0;

  note(atUs: number, text: string): void {
    const line = `${(atUs / 1_000).toFixed(3).padStart(12)} ms  ${text}`;
    this.#digest.update(line);
    this.lines++;
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
  }

  get tail(): readonly string[] {
    return this.#tail;
  }

  /** Hex SHA-256 over all lines. */
  hash(): string {
    return this.#digest.copy().digest('hex');
  }
}
