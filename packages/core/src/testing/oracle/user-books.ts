import type { OrderRecord } from '../../event.ts';
import type { MarginMode, PositionSide } from '../../exchange/enums.ts';
import { size } from './fraction.ts';

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

const NO_ORDERS: OrdersIn = { revision: 0, orders: new Map() };

/** Open orders in one symbol. */
export interface OrdersIn {
  /** Another one after every change. */
  readonly revision: number;
  readonly orders: ReadonlyMap<number, OrderRecord>;
}

/** Of two legs the long one comes first. */
const LEGS: readonly PositionSide[] = ['BOTH', 'LONG', 'SHORT'];

/** Everything the oracle remembers of one user. */
export class UserBooks {
  readonly userId: number;
  #agentId = 0;
  crossWallet = 0n;
  /** What the ledger entries read so far say the wallet is. */
  entryWallet = 0n;
  eventSequence = 0;
  readonly holdings: Holding[] = [];
  readonly orders = new Map<number, OrderRecord>();
  readonly #ordersIn = new Map<string, { revision: number; readonly orders: Map<number, OrderRecord> }>();
  readonly #holdingsIn = new Map<string, Partial<Record<PositionSide, Holding>>>();
  #open: readonly Holding[] | undefined;
  readonly #leverages = new Map<string, number>();
  readonly #isolated = new Set<string>();
  /** Grows with every change of a position, leverage, margin mode or agent. */
  positionRevision = 0;
  #orderRevision = 0;
  /** Traded value of each UTC day. */
  readonly tradedOn = new Map<number, bigint>();
  /** Of the 30 days before today; it decides today's level (FEE-2). */
  volume30d = 0n;

  constructor(userId: number) {
    this.userId = userId;
  }

  get agentId(): number {
    return this.#agentId;
  }

  set agentId(agentId: number) {
    this.#agentId = agentId;
    this.positionRevision++;
  }

  holding(symbol: string, positionSide: PositionSide): Holding {
    const here = this.#holdingsIn.get(symbol) ?? {};
    const known = here[positionSide];
    if (known !== undefined) return known;
    const begun: Holding = {
      symbol,
      positionSide,
      quantity: 0n,
      cost: 0n,
      openFees: 0n,
      margin: 0n,
      life: undefined,
    };
    here[positionSide] = begun;
    this.#holdingsIn.set(symbol, here);
    this.holdings.push(begun);
    this.holdings.sort((a, b) => LEGS.indexOf(a.positionSide) - LEGS.indexOf(b.positionSide));
    return begun;
  }

  /** Positions that are open. */
  get open(): readonly Holding[] {
    this.#open ??= this.holdings.filter(({ quantity }) => quantity !== 0n);
    return this.#open;
  }

  /** A position has another quantity. */
  positionMoved(): void {
    this.#open = undefined;
    this.positionRevision++;
  }

  /** Open orders in a symbol. */
  ordersIn(symbol: string): OrdersIn {
    return this.#ordersIn.get(symbol) ?? NO_ORDERS;
  }

  /** Symbols in which an order is open. */
  get orderedIn(): Iterable<string> {
    return this.#ordersIn.keys();
  }

  putOrder(order: OrderRecord): void {
    const { orderId, symbol } = order;
    this.orders.set(orderId, order);
    const here = this.#ordersIn.get(symbol) ?? { revision: 0, orders: new Map() };
    here.orders.set(orderId, order);
    here.revision = ++this.#orderRevision;
    this.#ordersIn.set(symbol, here);
  }

  dropOrder({ orderId, symbol }: OrderRecord): void {
    this.orders.delete(orderId);
    const here = this.#ordersIn.get(symbol);
    if (here === undefined) return;
    here.orders.delete(orderId);
    here.revision = ++this.#orderRevision;
    if (here.orders.size === 0) this.#ordersIn.delete(symbol);
  }

  setMarginMode(symbol: string, marginMode: MarginMode): void {
    this.positionRevision++;
    if (marginMode === 'ISOLATED') this.#isolated.add(symbol);
    else this.#isolated.delete(symbol);
  }

  isIsolated(symbol: string): boolean {
    return this.#isolated.has(symbol);
  }

  setLeverage(symbol: string, leverage: number): void {
    this.positionRevision++;
    this.#leverages.set(symbol, leverage);
  }

  /** As the user has set it; undefined for the symbol's own. */
  leverage(symbol: string): number | undefined {
    return this.#leverages.get(symbol);
  }

  /** Below 0 of a position that a settlement closed beyond its margin. */
  get isolatedMargin(): bigint {
    let margin = 0n;
    for (const holding of this.holdings) margin += holding.margin;
    return margin;
  }

  /** MRG-1. */
  get wallet(): bigint {
    return this.crossWallet + this.isolatedMargin;
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
