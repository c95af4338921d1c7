import type { CommitCounts } from './shadow.ts';

/** What the fuzzer asks the process of the venue. */
export type Ask = 'begin' | 'end' | 'stop';

/** Sent by the process when it serves. */
export interface Started {
  readonly kind: 'started';
  readonly port: number;
  readonly agent: { readonly agentCode: string; readonly apiSecret: string };
  readonly symbols: readonly string[];
}

/** What the process saw from a `begin` to its `end`. */
export interface Seen {
  readonly kind: 'seen';
  readonly commits: CommitCounts;
  /** Why the state is another than the accepted commands make it; undefined where it is that. */
  readonly divergence: string | undefined;
  /** Errors that were logged or that nobody caught. */
  readonly faults: readonly string[];
  readonly loopBusyMs: number;
  /** In use after a garbage collection. */
  readonly heapBytes: number;
}

export type Told = Started | Seen | { readonly kind: 'began' | 'stopped' };
