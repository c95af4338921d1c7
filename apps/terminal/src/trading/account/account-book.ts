import type { AccountEvent, OrderEvent, PositionView, UserAsset, UserEvent } from '../venue-types.ts';
import { isOpen, type OpenOrder, orderAfter } from './open-order.ts';

/** What the venue answers when the account is read as a whole. */
export interface AccountSnapshot {
  readonly asset: UserAsset;
  readonly positions: readonly PositionView[];
  readonly orders: readonly OpenOrder[];
}

/** Balances of the settlement asset; plain decimals that may be negative. */
export interface AccountBalances {
  readonly asset: string;
  readonly wallet: string;
  readonly frozen: string;
  readonly used: string;
}

/**
 * Balances, positions and open orders of the user: a snapshot, and the events after it. Every event carries the whole state
 * of what it is about, so that events from before the snapshot may come again: the last one leaves the truth.
 */
export class AccountBook {
  readonly #positions = new Map<string, PositionView>();
  readonly #orders = new Map<string, OpenOrder>();
  #balances: AccountBalances | undefined;

  /** Undefined before the first snapshot. */
  get balances(): AccountBalances | undefined {
    return this.#balances;
  }

  /** Open positions by symbol. */
  get positions(): readonly PositionView[] {
    return [...this.#positions.values()].sort((left, right) => (left.symbol < right.symbol ? -1 : 1));
  }

  /** Open orders, newest first. */
  get orders(): readonly OpenOrder[] {
    return [...this.#orders.values()].sort(
      (left, right) => right.createdAt - left.createdAt || (BigInt(right.orderId) > BigInt(left.orderId) ? 1 : -1),
    );
  }

  replace({ asset, positions, orders }: AccountSnapshot): void {
    this.#balances = {
      asset: asset.assetType,
      wallet: asset.walletBalance,
      frozen: asset.frozenMargin,
      used: asset.usedMargin,
    };
    this.#positions.clear();
    for (const position of positions) this.#setPosition(position);
    this.#orders.clear();
    for (const order of orders) if (isOpen(order)) this.#orders.set(order.orderId, order);
  }

  apply(event: UserEvent): void {
    if (event.eventType === 'ACCOUNT_UPDATE') this.#applyAccount(event);
    else if (event.eventType === 'ORDER_TRADE_UPDATE') this.#applyOrder(event);
  }

  #applyOrder(event: OrderEvent): void {
    const order = orderAfter(event, this.#orders.get(event.orderId));
    if (isOpen(order)) this.#orders.set(order.orderId, order);
    else this.#orders.delete(order.orderId);
  }

  #applyAccount({ balances, positions }: AccountEvent): void {
    const [balance] = balances;
    if (balance !== undefined) {
      this.#balances = {
        asset: balance.assetType,
        wallet: balance.walletBalance,
        frozen: balance.frozenBalance,
        used: balance.usedMargin,
      };
    }
    for (const position of positions) this.#setPosition(position);
  }

  #setPosition(position: PositionView): void {
    const key = `${position.symbol} ${position.positionSide}`;
    if (Number(position.quantity) === 0) this.#positions.delete(key);
    else this.#positions.set(key, position);
  }
}
