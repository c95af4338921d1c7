import { OrderBook as PeerOrderBook, Side as PeerSide } from 'nodejs-order-book';
import type { Side } from '../../packages/core/src/exchange/enums.ts';
import type { BookCommand, BookModel, Place } from './workload.ts';

const PEER_SIDES = { BUY: PeerSide.BUY, SELL: PeerSide.SELL };

/** The peer keeps objects with ids as keys: with numbers alone it takes twice as long when queues are deep. */
const ID_PREFIX = 'o';

/** A resting order as both books can tell it: id, price, remaining quantity. */
export type Resting = readonly [orderId: number, price: number, quantity: number];

/** The book of `nodejs-order-book`, without its journal. Its ids are texts, which are made before the clock starts. */
export class PeerBook implements BookModel {
  readonly #book = new PeerOrderBook();
  readonly #idTexts: string[] = [];
  /** Fills of the market orders of `run`. */
  fills = 0;

  /** Makes the texts of all order ids below one. */
  nameOrders(below: number): void {
    while (this.#idTexts.length < below) this.#idTexts.push(`${ID_PREFIX}${this.#idTexts.length}`);
  }

  run(commands: readonly BookCommand[]): void {
    for (const command of commands) {
      if (command.kind === 'place') this.place(command);
      else if (command.kind === 'cancel') this.cancel(command.orderId);
      else {
        const { done, partial } = this.#book.market({ side: PEER_SIDES[command.side], size: command.quantity });
        this.fills += done.length + (partial === null ? 0 : 1);
      }
    }
  }

  place({ orderId, side, price, quantity }: Place): void {
    this.#book.limit({ id: this.#idTexts[orderId]!, side: PEER_SIDES[side], size: quantity, price });
  }

  cancel(orderId: number): void {
    this.#book.cancel(this.#idTexts[orderId]!);
  }

  take(side: Side, quantity: number): number[] {
    const { done } = this.#book.market({ side: PEER_SIDES[side], size: quantity });
    return done.map(({ id }) => numberOf(id));
  }

  /** Price and quantity of every level of a side, best first. */
  levels(side: Side): (readonly [price: number, quantity: number])[] {
    const [asks, bids] = this.#book.depth();
    const better = side === 'BUY' ? -1 : 1;
    return [...(side === 'BUY' ? bids : asks)].sort(([a], [b]) => (a - b) * better);
  }

  /** Every resting order, as both books can tell it. */
  contents(): Resting[] {
    const { bids, asks } = this.#book.snapshot();
    return [...bids, ...asks].flatMap(({ price, orders }) =>
      orders.map(({ id, size }): Resting => [numberOf(id), price, size]),
    );
  }
}

const numberOf = (idText: string): number => Number(idText.slice(ID_PREFIX.length));
