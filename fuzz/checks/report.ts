/** Something that must not be, and how to see it again. */
export interface Violation {
  readonly batch: number;
  readonly what: string;
  /** The request as it was sent, cut to a readable length. */
  readonly sent: string;
}

const SENT_LENGTH = 700;
const KEPT_MAX = 200;
/** Violations after which the rest of a batch is cut: a broken venue answers slowly. */
const ENOUGH = 3;

/** Counts what was sent and keeps what was wrong. */
export class Report {
  readonly counts = {
    requests: 0,
    raw: 0,
    frames: 0,
    sockets: 0,
    accepted: 0,
    refused: 0,
    /** Whole requests that were not answered, because their connection was closed on the way. */
    lost: 0,
    /** Orders over the WebSocket whose connection ended before their replies, which wait for the log. */
    unanswered: 0,
    /** Questions that the history was not ready for, and that were sent again. */
    busy: 0,
    acceptedCommits: 0,
    refusedCommits: 0,
    spentProofs: 0,
  };
  readonly statuses = new Map<number, number>();
  /** How often a call got past authentication, by its name. */
  readonly reached = new Map<string, number>();
  /** How often an operation of the WebSocket was sent on a connection that stood. */
  readonly ops = new Map<string, number>();
  readonly mutations = new Set<string>();
  readonly violations: Violation[] = [];
  violationCount = 0;
  loopBusyMs = 0;
  readonly heapBytes: number[] = [];

  violated(violation: Omit<Violation, 'sent'> & { readonly sent?: Buffer | string }): void {
    this.violationCount++;
    if (this.violations.length >= KEPT_MAX) return;
    const { batch, what, sent = '' } = violation;
    this.violations.push({
      batch,
      what,
      sent: JSON.stringify(sent.toString('latin1' as BufferEncoding).slice(0, SENT_LENGTH)),
    });
  }

  /** Whether so much is wrong that the venue need not be waited for. */
  get isEnough(): boolean {
    return this.violationCount >= ENOUGH;
  }

  answered(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  get total(): number {
    const { requests, raw, frames } = this.counts;
    return requests + raw + frames;
  }

  /** How much the heap grew from the first look after the warm-up to the last. */
  get heapGrowthBytes(): number {
    const warm = this.heapBytes[Math.floor(this.heapBytes.length / 5)] ?? 0;
    return (this.heapBytes.at(-1) ?? 0) - warm;
  }
}
