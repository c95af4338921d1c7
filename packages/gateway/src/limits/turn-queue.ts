/** How much older turns count, so that one that a pause has made long does not speak for all. */
const OLDER_TURNS_WEIGHT = 127 / 128;

export interface TurnQueueOptions {
  /** Pieces that are begun in one turn of the event loop. */
  readonly perTurn: number;
  readonly nowMs?: () => number;
}

/**
 * Begins so many pieces of work in each turn of the event loop and lets the others wait in line. Between two turns what has arrived is
 * read, so nobody waits unread for all the work of those before. Without a line a piece begins at once.
 */
export class TurnQueue {
  readonly #perTurn: number;
  readonly #nowMs: () => number;
  #waiting: (() => void)[] = [];
  /** Pieces begun in this turn; its end is scheduled unless there are none. */
  #begun = 0;
  /** When the turn began that is under way, if it is a full one. */
  #sinceMs: number | undefined;
  #fullTurns = 0;
  #fullTurnsMs = 0;

  constructor({ perTurn, nowMs = () => performance.now() }: TurnQueueOptions) {
    this.#perTurn = perTurn;
    this.#nowMs = nowMs;
  }

  /** Pieces that wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** How long one more piece will probably wait, in milliseconds, by the length of full turns; 0 before the first. */
  get expectedWaitMs(): number {
    if (this.#fullTurns === 0) return 0;
    return (this.#waiting.length * this.#fullTurnsMs) / (this.#fullTurns * this.#perTurn);
  }

  /** Begins the piece now when that is its turn, and returns true; else it waits in line. */
  push(begin: () => void): boolean {
    if (this.#begun === 0) setImmediate(this.#endTurn);
    if (this.#begun < this.#perTurn && this.#waiting.length === 0) {
      this.#begun++;
      begin();
      return true;
    }
    this.#waiting.push(begin);
    return false;
  }

  readonly #endTurn = (): void => {
    this.#measure();
    const turn = this.#waiting.splice(0, this.#perTurn);
    this.#begun = turn.length;
    if (turn.length > 0) setImmediate(this.#endTurn);
    for (const begin of turn) begin();
  };

  /** Only a turn with all it could do tells how long pieces take: it never waited for work. */
  #measure(): void {
    const nowMs = this.#nowMs();
    if (this.#sinceMs !== undefined) {
      this.#fullTurns = this.#fullTurns * OLDER_TURNS_WEIGHT + 1;
      this.#fullTurnsMs = this.#fullTurnsMs * OLDER_TURNS_WEIGHT + (nowMs - this.#sinceMs);
    }
    this.#sinceMs = this.#waiting.length < this.#perTurn ? undefined : nowMs;
  }
}
