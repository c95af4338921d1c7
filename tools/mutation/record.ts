import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

/** `uncovered` is a survivor that no test runs at all; `unparsable` was no program and does not count. */
export type Outcome = 'killed' | 'timeout' | 'survived' | 'uncovered' | 'unparsable';

export interface Result {
  readonly id: string;
  /** SHA-256 of the file that was changed: of another text, the result says nothing. */
  readonly source: string;
  readonly outcome: Outcome;
  /** The test that noticed. */
  readonly by?: string;
  /** The slow tests were asked as well. */
  readonly thorough: boolean;
}

/** Results in a file of JSON lines, of which the last one of a mutant counts; so a run that was cut off can be continued. */
export class Record {
  readonly #file: string;
  readonly #results = new Map<string, Result>();

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    const whole = text.lastIndexOf('\n') + 1;
    // A line without an end is where a run was cut off.
    truncateSync(file, Buffer.byteLength(text.slice(0, whole)));
    for (const line of text.slice(0, whole).split('\n').slice(0, -1)) {
      const result = JSON.parse(line) as Result;
      this.#results.set(result.id, result);
    }
  }

  /** What is known of a mutant of a file with this hash. */
  of(id: string, source: string): Result | undefined {
    const result = this.#results.get(id);
    return result?.source === source ? result : undefined;
  }

  add(result: Result): void {
    this.#results.set(result.id, result);
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
  }
}
