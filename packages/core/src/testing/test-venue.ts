import {
  countOnGrid,
  type Money,
  type PriceTicks,
  parseDecimal,
  parseSignedDecimal,
  type QuantitySteps,
} from '@openvenue/money';
import type { Command, NewOrder } from '../command.ts';
import { Core, type Outcome } from '../core.ts';
import type { Event } from '../event.ts';
import type { OrderBook } from '../exchange/book/order-book.ts';
import type { OrderType, Side } from '../exchange/enums.ts';
import type { SymbolParameters } from '../exchange/symbols/symbol-parameters.ts';
import type { AccountView, PositionView } from '../reads.ts';
import type { Reply } from '../reply.ts';
import { assertInvariants } from './invariants.ts';
import { BTC } from './symbols.ts';

/** An order as tests write it: decimals as text, a LIMIT GTC order unless said otherwise. */
export interface TestOrder {
  readonly symbol?: string;
  readonly type?: OrderType;
  readonly side: Side;
  readonly price?: string;
  readonly quantity?: string;
  readonly more?: Partial<NewOrder>;
}

const START_MS = 1_772_000_000_000;

/** A real core with a clock of its own, driven by decimals; every invariant is checked after every command. */
export class TestVenue {
  readonly core: Core;
  readonly journal: { readonly sequence: number; readonly timeMs: number; readonly command: Command }[] = [];
  timeMs = START_MS;
  #users = 0;

  constructor(symbols: readonly SymbolParameters[] = [BTC], createBook?: () => OrderBook) {
    this.core = new Core(createBook);
    for (const parameters of symbols) this.ok({ type: 'configure-symbol', parameters });
    this.ok({ type: 'update-prices', symbols: [] });
  }

  run(command: Command): Outcome {
    const sequence = this.core.sequence + 1;
    this.journal.push({ sequence, timeMs: this.timeMs, command });
    const outcome = this.core.apply(sequence, this.timeMs, command);
    assertInvariants(this.core);
    return outcome;
  }

  ok(command: Command): Outcome {
    const outcome = this.run(command);
    if (!outcome.reply.ok)
      throw new Error(
        `${command.type} was refused: ${outcome.reply.reason} ${JSON.stringify(outcome.reply.details, (_k, v) => (typeof v === 'bigint' ? v.toString() : v))}`,
      );
    return outcome;
  }

  /** A new user with money; returns the internal id. */
  user(wallet: string): number {
    const n = ++this.#users;
    const { reply } = this.ok({
      type: 'create-user',
      username: `user-${n}`,
      externalUserId: String(1_000_000_000 + n),
      passwordHash: '',
      kind: 'trader',
    });
    const userId = (reply as Extract<Reply, { kind: 'user' }>).userId;
    if (wallet !== '0')
      this.ok({
        type: 'adjust-wallet',
        userId,
        amount: parseSignedDecimal(wallet) as Money,
        changeType: 'TRANSFER_IN',
      });
    return userId;
  }

  /** One price command with one source for each symbol named. */
  prices(prices: Readonly<Record<string, string>>): readonly Event[] {
    const symbols = Object.entries(prices).map(([symbol, price]) => ({
      symbol,
      quotes: [{ source: 'test', price: this.ticks(symbol, price), ageMs: 0, weight: 1 }],
    }));
    return this.ok({ type: 'update-prices', symbols }).events;
  }

  price(price: string): readonly Event[] {
    return this.prices({ BTCUSDT: price });
  }

  order(request: TestOrder): NewOrder {
    const symbol = request.symbol ?? 'BTCUSDT';
    return {
      symbol,
      type: request.type ?? 'LIMIT',
      side: request.side,
      positionSide: 'BOTH',
      price: request.price === undefined ? (0 as PriceTicks) : this.ticks(symbol, request.price),
      quantity: request.quantity === undefined ? (0 as QuantitySteps) : this.steps(symbol, request.quantity),
      timeInForce: 'GTC',
      ...request.more,
    };
  }

  place(userId: number, request: TestOrder): Outcome {
    return this.run({ type: 'place-order', actor: { userId }, order: this.order(request) });
  }

  /** Places an order that must be accepted; returns its id. */
  placed(userId: number, request: TestOrder): number {
    const { reply } = this.ok({ type: 'place-order', actor: { userId }, order: this.order(request) });
    return (reply as Extract<Reply, { kind: 'order' }>).order.orderId;
  }

  /** BUY and SELL of two users at one price, so that both hold a position. */
  trade(
    buyer: number,
    seller: number,
    at: { readonly price: string; readonly quantity: string; readonly symbol?: string },
  ): void {
    this.placed(seller, { side: 'SELL', ...at });
    this.placed(buyer, { side: 'BUY', ...at });
  }

  account(userId: number): AccountView {
    return this.core.exchange.account(userId);
  }

  position(userId: number, symbol = 'BTCUSDT'): PositionView | undefined {
    return this.core.exchange.positions(userId, symbol)[0];
  }

  ticks(symbol: string, price: string): PriceTicks {
    return this.#count(price, this.#parameters(symbol).tickSize) as PriceTicks;
  }

  steps(symbol: string, quantity: string): QuantitySteps {
    return this.#count(quantity, this.#parameters(symbol).stepSize) as QuantitySteps;
  }

  #parameters(symbol: string): SymbolParameters {
    const view = this.core.exchange.symbol(symbol);
    if (view === undefined) throw new Error(`no symbol ${symbol}`);
    return view.parameters;
  }

  #count(text: string, unit: bigint): number {
    const found = countOnGrid(text, unit);
    if (!found.ok) throw new Error(`${text} is not on the grid ${parseDecimal(text)}`);
    return found.count;
  }
}
