import type { OrderRecord } from '../../event.ts';
import type { MarginMode, PositionSide } from '../../exchange/enums.ts';
import { size, total } from './fraction.ts';

/** What one position has been from its first to its last fill (POS-6). */
export interface Life {
  readonly positionId: number;
  readonly openedAtMs: number;
  maxQuantity: bigint;
  openedQuantity: bigint;
  openedValue: bigint;
  closedQuantity: bigint;
  closedValue: bigint;
  realizedPnl: bigint;
  funding: bigint;
}

/** A position; quantity is negative for a short. */
export interface Holding {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  quantity: bigint;
  cost: bigint;
  openFees: bigint;
  /** Of an isolated position. */
  margin: bigint;
  life: Life | undefined;
}

/** Of two legs the long one comes first. */
const LEGS: readonly PositionSide[] = ['BOTH', 'LONG', 'SHORT'];

/** Everything the oracle remembers of one user. */
export class UserBooks {
  readonly userId: number;
  agentId = 0;
  crossWallet = 0n;
  /** What the ledger entries read so far say the wallet is. */
  entryWallet = 0n;
  eventSequence = 0;
  readonly holdings: Holding[] = [];
  readonly orders = new Map<number, OrderRecord>();
  readonly leverages = new Map<string, number>();
  readonly isolated = new Set<string>();
  /** Traded value of each UTC day. */
  readonly tradedOn = new Map<number, bigint>();
  /** Of the 30 days before today; it decides today's level (FEE-2). */
  volume30d = 0n;

  constructor(userId: number) {
    this.userId = userId;
  }

  holding(symbol: string, positionSide: PositionSide): Holding {
    const found = this.holdings.find((each) => each.symbol === symbol && each.positionSide === positionSide);
    if (found !== undefined) return found;
    const begun: Holding = {
      symbol,
      positionSide,
      quantity: 0n,
      cost: 0n,
      openFees: 0n,
      margin: 0n,
      life: undefined,
    };
    this.holdings.push(begun);
    this.holdings.sort((a, b) => LEGS.indexOf(a.positionSide) - LEGS.indexOf(b.positionSide));
    return begun;
  }

  /** Positions that are open. */
  get open(): Holding[] {
    return this.holdings.filter(({ quantity }) => quantity !== 0n);
  }

  setMarginMode(symbol: string, marginMode: MarginMode): void {
    if (marginMode === 'ISOLATED') this.isolated.add(symbol);
    else this.isolated.delete(symbol);
  }

  isIsolated(symbol: string): boolean {
    return this.isolated.has(symbol);
  }

  /** MRG-1. */
  get wallet(): bigint {
    return this.crossWallet + total(this.holdings.map(({ margin }) => margin));
  }
}

export const newLife = (positionId: number, openedAtMs: number): Life => ({
  positionId,
  openedAtMs,
  maxQuantity: 0n,
  openedQuantity: 0n,
  openedValue: 0n,
  closedQuantity: 0n,
  closedValue: 0n,
  realizedPnl: 0n,
  funding: 0n,
});

export const sideOf = ({ quantity }: Holding): bigint => (quantity < 0n ? -1n : 1n);
export const lots = ({ quantity }: Holding): bigint => size(quantity);
