import type { Event, ExchangeReads } from '@openvenue/core';

/** What one durable command has caused, as the read models take it. */
export interface CommittedEvents {
  readonly sequence: number;
  /** Unix milliseconds of the command; never goes back. */
  readonly timeMs: number;
  readonly events: readonly Event[];
}

/** What the read models need of the core: its position when they start, and reads that no event carries. */
export interface CoreReads {
  readonly sequence: number;
  readonly timeMs: number;
  readonly exchange: Pick<ExchangeReads, 'symbols' | 'symbol' | 'depth'>;
}

export type TradeEvent = Extract<Event, { readonly type: 'trade' }>;
export type PricesUpdated = Extract<Event, { readonly type: 'prices-updated' }>;
/** Events of one user's private stream; `userSequence` counts them without gaps. */
export type PrivateEvent = Extract<Event, { readonly userSequence: number }>;
