import { type Command, Core, type Reply, type Side, type SymbolParameters } from '@openvenue/core';
import { testSymbol } from '@openvenue/core/testing';
import { type Money, ONE, type PriceTicks, priceTicks, type QuantitySteps } from '@openvenue/money';
import { median, print, printRefused, rounded, secondsOf } from './figures.ts';
import { PeerBook } from './peer-book.ts';
import { type BookCommand, generateWorkload, type Place } from './workload.ts';

const SEED = 20_240_601;
const ROUNDS = 7;
const WARM_UP_ROUNDS = 2;
const RESTING_ORDERS = 10_000;
const COMMANDS_PER_ROUND = 20_000;
/** Makers own every resting order and takers none, so that no order meets one of its own user and both books stay equal. */
const MAKERS = 50;
const TAKERS = 10;
const INDEX = priceTicks(600_000);
const FUNDS = (100_000_000n * ONE) as Money;
const START_MS = 1_772_000_000_000;
const DAY_MS = 86_400_000;
/** Every so many commands, a millisecond apart, time jumps on and a price command follows. */
const COMMANDS_PER_PRICE = 1_000;
/** A round lasts a day: as long as ended orders are remembered, so that from the second on each command forgets as many as end. */
const JUMP_MS = DAY_MS / (COMMANDS_PER_ROUND / COMMANDS_PER_PRICE);
/** About 200 orders rest for each maker; some have more. */
const SYMBOL: SymbolParameters = testSymbol({ maxOpenOrders: 1_000 });

export interface CoreFigures {
  /** Medians over interleaved rounds of the same orders. */
  readonly commandsPerSecond: { readonly openvenue: number; readonly nodejsOrderBook: number };
  /** Our commands per second by theirs. */
  readonly ratio: number;
  /** Share of our commands that were accepted, 0 to 1. */
  readonly accepted: number;
}

/**
 * Measures `Core.apply` with all that it does, from validation and margin to events, beside the bare matching of `nodejs-order-book`.
 * Both books must be equal after every round, or it throws. Price commands cost time but aren't counted.
 */
export function benchCore(): CoreFigures {
  const { opening, rounds, idTexts } = prepare();
  const venue = new BenchVenue();
  const peer = new PeerBook(idTexts);
  venue.run(opening.map((place) => ({ timeMs: START_MS, command: venue.commandOf(place) })));
  for (const place of opening) peer.place(place);

  const ours: number[] = [];
  const theirs: number[] = [];
  for (const [round, commands] of rounds.entries()) {
    const timed = venue.timed(commands, START_MS + round * DAY_MS);
    const ourSeconds = secondsOf(() => venue.run(timed));
    const theirSeconds = secondsOf(() => peer.run(commands));
    for (const side of ['BUY', 'SELL'] as const) assertEqualLevels(venue.levels(side), peer.levels(side));
    if (round < WARM_UP_ROUNDS) continue;
    ours.push(COMMANDS_PER_ROUND / ourSeconds);
    theirs.push(COMMANDS_PER_ROUND / theirSeconds);
  }
  const figures: CoreFigures = {
    commandsPerSecond: { openvenue: median(ours), nodejsOrderBook: median(theirs) },
    ratio: median(ours) / median(theirs),
    accepted: 1 - venue.refusedCount / venue.commandCount,
  };
  report(figures, venue.refused);
  return figures;
}

function report({ commandsPerSecond, ratio, accepted }: CoreFigures, refused: ReadonlyMap<string, number>): void {
  const { openvenue, nodejsOrderBook } = commandsPerSecond;
  print(`core, ${MAKERS + TAKERS} traders, ${RESTING_ORDERS} resting orders, median of ${ROUNDS} interleaved rounds`);
  print(`  openvenue, full path     ${rounded(openvenue)} commands/s (${rounded(1e9 / openvenue)} ns each)`);
  print(
    `  nodejs-order-book, bare  ${rounded(nodejsOrderBook)} commands/s (${rounded(1e9 / nodejsOrderBook)} ns each)`,
  );
  print(`  ratio                    ${ratio.toFixed(3)}`);
  print(`  accepted                 ${(accepted * 100).toFixed(2)} %`);
  printRefused(refused);
}

function prepare() {
  const count = (WARM_UP_ROUNDS + ROUNDS) * COMMANDS_PER_ROUND;
  const idTexts = Array.from({ length: RESTING_ORDERS + count + 1 }, (_, id) => String(id));
  const size = { restingOrders: RESTING_ORDERS, commands: count, seed: SEED };
  const { opening, commands } = generateWorkload(size, new PeerBook(idTexts));
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, (_, round) =>
    commands.slice(round * COMMANDS_PER_ROUND, (round + 1) * COMMANDS_PER_ROUND),
  );
  return { opening, rounds, idTexts };
}

interface TimedCommand {
  readonly timeMs: number;
  readonly command: Command;
}

/** A core with one symbol, its price, and users with money. */
class BenchVenue {
  readonly refused = new Map<string, number>();
  readonly #core = new Core();
  readonly #makers: readonly number[];
  readonly #takers: readonly number[];
  readonly #ownerByOrderId = new Map<number, number>();
  #takes = 0;
  commandCount = 0;
  refusedCount = 0;

  constructor() {
    this.#accepted({ type: 'configure-symbol', parameters: SYMBOL });
    this.#accepted(PRICE_COMMAND);
    this.#makers = Array.from({ length: MAKERS }, (_, i) => this.#user(i));
    this.#takers = Array.from({ length: TAKERS }, (_, i) => this.#user(MAKERS + i));
  }

  run(commands: readonly TimedCommand[]): void {
    this.commandCount += commands.length;
    const core = this.#core;
    for (const { timeMs, command } of commands) {
      const { reply } = core.apply(core.sequence + 1, timeMs, command);
      if (reply.ok) continue;
      this.refusedCount++;
      this.refused.set(reply.reason, (this.refused.get(reply.reason) ?? 0) + 1);
    }
  }

  timed(commands: readonly BookCommand[], fromMs: number): TimedCommand[] {
    return commands.flatMap((command, i) => {
      const jumpedMs = fromMs + (Math.floor(i / COMMANDS_PER_PRICE) + 1) * JUMP_MS;
      const timed = { timeMs: jumpedMs + (i % COMMANDS_PER_PRICE), command: this.commandOf(command) };
      return i % COMMANDS_PER_PRICE === 0 ? [{ timeMs: jumpedMs, command: PRICE_COMMAND }, timed] : [timed];
    });
  }

  commandOf(command: BookCommand): Command {
    switch (command.kind) {
      case 'place':
        return this.#place(command);
      case 'cancel': {
        const order = { symbol: SYMBOL.symbol, clientOrderId: clientOrderIdOf(command.orderId) };
        return { type: 'cancel-order', actor: { userId: this.#ownerByOrderId.get(command.orderId)! }, order };
      }
      case 'take':
        return this.#take(command);
    }
  }

  levels(side: Side): readonly (readonly [price: number, quantity: number])[] {
    const depth = this.#core.exchange.depth(SYMBOL.symbol)!;
    return side === 'BUY' ? depth.bids : depth.asks;
  }

  #place({ orderId, ownerId, side, price, quantity }: Place): Command {
    const userId = this.#makers[ownerId % MAKERS]!;
    this.#ownerByOrderId.set(orderId, userId);
    const clientOrderId = clientOrderIdOf(orderId);
    const order = { ...BOTH, side, price, quantity, type: 'LIMIT', timeInForce: 'GTC', clientOrderId } as const;
    return { type: 'place-order', actor: { userId }, order };
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

type Levels = readonly (readonly [price: number, quantity: number])[];

function assertEqualLevels(ours: Levels, theirs: Levels): void {
  const isEqual =
    ours.length === theirs.length &&
    ours.every(([price, quantity], i) => price === theirs[i]![0] && quantity === theirs[i]![1]);
  if (!isEqual) throw new Error('the books differ after the same orders');
}

if (import.meta.main) benchCore();
