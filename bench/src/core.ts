import { type Command, Core, type Reply, type Side, type SymbolParameters } from '@openvenue/core';
import { testSymbol } from '@openvenue/core/testing';
import { type Money, ONE, type PriceTicks, priceTicks, type QuantitySteps } from '@openvenue/money';
import type { BookCommand, Place } from './workload.ts';

const ORDERS_PER_MAKER = 200;
const TAKERS = 10;
const INDEX = priceTicks(600_000);
const FUNDS = (100_000_000n * ONE) as Money;
const START_MS = 1_772_000_000_000;
const DAY_MS = 86_400_000;
/** Every so many commands, a millisecond apart, time jumps on and a price command follows. */
const COMMANDS_PER_PRICE = 1_000;
/** As long as ended orders are remembered: after the first of these days each command forgets as many orders as end. */
const COMMANDS_PER_DAY = 20_000;
const JUMP_MS = DAY_MS / (COMMANDS_PER_DAY / COMMANDS_PER_PRICE);
/** About 200 orders rest for each maker; some have more. */
const SYMBOL: SymbolParameters = testSymbol({ maxOpenOrders: 1_000 });

export interface TimedCommand {
  readonly timeMs: number;
  readonly command: Command;
}

/**
 * A core with one symbol, its price, and users with money. Makers own every resting order and takers none, so that no order
 * meets one of its own user and the book stays equal to one that only matches.
 */
export class BenchVenue {
  readonly refused = new Map<string, number>();
  readonly #core = new Core();
  readonly #makers: readonly number[];
  readonly #takers: readonly number[];
  #takes = 0;
  #timed = 0;
  commandCount = 0;
  refusedCount = 0;

  constructor(restingOrders: number) {
    this.#accepted({ type: 'configure-symbol', parameters: SYMBOL });
    this.#accepted(PRICE_COMMAND);
    const makers = Math.ceil(restingOrders / ORDERS_PER_MAKER);
    this.#makers = Array.from({ length: makers }, (_, i) => this.#user(i));
    this.#takers = Array.from({ length: TAKERS }, (_, i) => this.#user(makers + i));
  }

  get traderCount(): number {
    return this.#makers.length + this.#takers.length;
  }

  open(orders: readonly Place[]): void {
    this.run(orders.map((order) => ({ timeMs: START_MS, command: this.#commandOf(order) })));
  }

  run(commands: readonly TimedCommand[]): void {
    for (const command of commands) this.apply(command);
  }

  apply({ timeMs, command }: TimedCommand): void {
    const core = this.#core;
    const { reply } = core.apply(core.sequence + 1, timeMs, command);
    this.commandCount++;
    if (reply.ok) return;
    this.refusedCount++;
    this.refused.set(reply.reason, (this.refused.get(reply.reason) ?? 0) + 1);
  }

  /** The commands that do the same here, with the times at which they come and the price commands between them. */
  timed(commands: readonly BookCommand[]): TimedCommand[] {
    return commands.flatMap((command) => {
      const i = this.#timed++;
      const jumpedMs = START_MS + (Math.floor(i / COMMANDS_PER_PRICE) + 1) * JUMP_MS;
      const timed = { timeMs: jumpedMs + (i % COMMANDS_PER_PRICE), command: this.#commandOf(command) };
      return i % COMMANDS_PER_PRICE === 0 ? [{ timeMs: jumpedMs, command: PRICE_COMMAND }, timed] : [timed];
    });
  }

  levels(side: Side): readonly (readonly [price: number, quantity: number])[] {
    const depth = this.#core.exchange.depth(SYMBOL.symbol)!;
    return side === 'BUY' ? depth.bids : depth.asks;
  }

  #commandOf(command: BookCommand): Command {
    switch (command.kind) {
      case 'place':
        return this.#place(command);
      case 'cancel': {
        const order = { symbol: SYMBOL.symbol, clientOrderId: clientOrderIdOf(command.orderId) };
        return { type: 'cancel-order', actor: { userId: this.#makerOf(command.orderId) }, order };
      }
      case 'take':
        return this.#take(command);
    }
  }

  #makerOf(orderId: number): number {
    return this.#makers[orderId % this.#makers.length]!;
  }

  #place({ orderId, side, price, quantity }: Place): Command {
    const clientOrderId = clientOrderIdOf(orderId);
    const order = { ...BOTH, side, price, quantity, type: 'LIMIT', timeInForce: 'GTC', clientOrderId } as const;
    return { type: 'place-order', actor: { userId: this.#makerOf(orderId) }, order };
  }

  #take({ side, quantity }: { readonly side: Side; readonly quantity: QuantitySteps }): Command {
    const userId = this.#takers[this.#takes++ % TAKERS]!;
    const order = { ...BOTH, side, price: 0 as PriceTicks, quantity, type: 'MARKET', timeInForce: 'IOC' } as const;
    return { type: 'place-order', actor: { userId }, order };
  }

  #user(index: number): number {
    const reply = this.#accepted({
      type: 'create-user',
      username: `bench-${index}`,
      externalUserId: String(1_000_000_000 + index),
      passwordHash: '',
      kind: 'trader',
    });
    const { userId } = reply as Extract<Reply, { kind: 'user' }>;
    this.#accepted({ type: 'adjust-wallet', userId, amount: FUNDS, changeType: 'TRANSFER_IN' });
    return userId;
  }

  #accepted(command: Command): Reply {
    const { reply } = this.#core.apply(this.#core.sequence + 1, START_MS, command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
    return reply;
  }
}

const BOTH = { symbol: SYMBOL.symbol, positionSide: 'BOTH' } as const;

const PRICE_COMMAND: Command = {
  type: 'update-prices',
  symbols: [
    {
      symbol: SYMBOL.symbol,
      quotes: ['first', 'second', 'third'].map((source) => ({ source, price: INDEX, ageMs: 0, weight: 1 })),
    },
  ],
};

const clientOrderIdOf = (orderId: number): string => `bench-${orderId}`;
