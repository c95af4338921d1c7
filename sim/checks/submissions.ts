/** One line of the log: how often it was handed in, and what became of that. */
interface Line {
  /** Handed in, with no answer that says whether it was recorded. */
  open: number;
  committed: number;
  recorded: number;
}

/** Counts every command handed in against the log: nothing is recorded that nobody sent, and nothing twice. */
export class Submissions {
  readonly #lines = new Map<string, Line>();

  submitted(line: string): void {
    this.#line(line).open++;
  }

  committed(line: string): void {
    const counts = this.#line(line);
    counts.open--;
    counts.committed++;
  }

  /** The venue said that it was not recorded. */
  refused(line: string): void {
    this.#line(line).open--;
  }

  /** The log holds the line, once more. */
  recorded(line: string): void {
    const counts = this.#line(line);
    counts.recorded++;
    if (counts.recorded > counts.committed + counts.open)
      throw new Error(`recorded ${counts.recorded} times, sent ${counts.committed + counts.open} times: ${line}`);
  }

  /** For the end of a run. */
  finish(): void {
    for (const [line, { committed, recorded }] of this.#lines)
      if (committed > recorded) throw new Error(`acknowledged ${committed} times, recorded ${recorded} times: ${line}`);
  }

  #line(line: string): Line {
    let counts = this.#lines.get(line);
    if (counts === undefined) {
      counts = { open: 0, committed: 0, recorded: 0 };
      this.#lines.set(line, counts);
    }
    return counts;
  }
}
