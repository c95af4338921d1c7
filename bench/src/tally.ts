export interface LoadShape {
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
  /** Requests a second, sent when they are due however long replies take; left out: each reply brings the next request. */
  readonly perSecond?: number;
  /** Requests of a connection that wait for their replies; 1 when left out. */
  readonly inFlight?: number;
}

export interface LoadFigures {
  /** Replies with code 0 per second. */
  readonly acceptedPerSecond: number;
  /** Of all replies, from the time at which the request was due to the reply's last byte. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The same of accepted and of refused ones apart. */
  readonly acceptedP99Ms: number;
  readonly refusedP99Ms: number;
  /** Other replies by their status and code. */
  readonly refused: readonly (readonly [reason: string, count: number])[];
  /** How much later than due those were sent for which a connection was free: that is the load's own delay, and is in the figures above. */
  readonly ownDelayP99Ms: number;
  /** Share of requests that had to wait until a connection had its reply, 0 to 1. */
  readonly heldBack: number;
  /** Share of one processor that the load itself took, 0 to 1: near 1 it is the load that is measured, not the server. */
  readonly ownLoad: number;
}

/** A reply: nothing when it was accepted, else why not; and since when it was due. */
export interface Answered {
  readonly refusal: string | undefined;
  readonly dueMs: number;
  readonly nowMs: number;
}

/** Counts what is answered after the warm-up and before the end. */
export class Tally {
  readonly endMs: number;
  readonly #beginMs: number;
  readonly #acceptedMs: number[] = [];
  readonly #refusedMs: number[] = [];
  readonly #ownDelaysMs: number[] = [];
  #heldBack = 0;
  readonly #refused = new Map<string, number>();
  #cpuAtBegin: NodeJS.CpuUsage | undefined;
  #cpu: NodeJS.CpuUsage | undefined;

  constructor({ warmUpMs, measuredMs }: LoadShape) {
    this.#beginMs = performance.now() + warmUpMs;
    this.endMs = this.#beginMs + measuredMs;
  }

  count({ refusal, dueMs, nowMs }: Answered): void {
    if (nowMs < this.#beginMs) return;
    this.#cpuAtBegin ??= process.cpuUsage();
    if (nowMs >= this.endMs) {
      this.#cpu ??= process.cpuUsage(this.#cpuAtBegin);
      return;
    }
    (refusal === undefined ? this.#acceptedMs : this.#refusedMs).push(nowMs - dueMs);
    if (refusal !== undefined) this.#refused.set(refusal, (this.#refused.get(refusal) ?? 0) + 1);
  }

  /** A request has become due: `sentMs` is undefined while no connection is free to send it. */
  due(dueMs: number, sentMs?: number): void {
    if (dueMs < this.#beginMs || dueMs >= this.endMs) return;
    if (sentMs === undefined) this.#heldBack++;
    else this.#ownDelaysMs.push(sentMs - dueMs);
  }

  figures(): LoadFigures {
    const measuredMs = this.endMs - this.#beginMs;
    const all = [...this.#acceptedMs, ...this.#refusedMs];
    const { user, system } = this.#cpu ?? { user: 0, system: 0 };
    return {
      acceptedPerSecond: (this.#acceptedMs.length * 1_000) / measuredMs,
      p50Ms: quantile(all, 0.5),
      p99Ms: quantile(all, 0.99),
      acceptedP99Ms: quantile(this.#acceptedMs, 0.99),
      refusedP99Ms: quantile(this.#refusedMs, 0.99),
      refused: [...this.#refused],
      ownDelayP99Ms: quantile(this.#ownDelaysMs, 0.99),
      heldBack: this.#heldBack / Math.max(1, this.#heldBack + this.#ownDelaysMs.length),
      ownLoad: (user + system) / 1_000 / measuredMs,
    };
  }
}

/** The value below which a share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}
