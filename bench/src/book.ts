import { type PriceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import { FastBook } from '../../packages/core/src/exchange/book/fast-book.ts';
import { NONE } from '../../packages/core/src/exchange/book/order-book.ts';
import { opposite, type Side } from '../../packages/core/src/exchange/enums.ts';
import { median, print, rounded, secondsOf } from './figures.ts';
import { PeerBook, type Resting } from './peer-book.ts';
import { type BookCommand, type BookModel, generateWorkload, type Place, type Workload } from './workload.ts';

const SEED = 20_240_601;
const ROUNDS = 7;
const WARM_UP_ROUNDS = 2;
const PEER_RESTING_ORDERS = 10_000;
const PEER_COMMANDS = 50_000;
const SCALE_RESTING_ORDERS = [10_000, 100_000, 1_000_000];
const SCALE_COMMANDS_PER_ROUND = 100_000;

export interface BookFigures {
  /** Medians over interleaved rounds on the same commands. */
  readonly commandsPerSecond: { readonly openvenue: number; readonly nodejsOrderBook: number };
  /** Our commands per second by theirs. */
  readonly ratio: number;
  readonly scale: readonly ScaleFigures[];
}

export interface ScaleFigures {
  readonly restingOrders: number;
  readonly nanosecondsPerCommand: number;
  readonly bytesPerOrder: number;
}

/**
 * Measures the order book beside the npm package `nodejs-order-book`, and alone at growing sizes. Every pair of runs must leave
 * equal books behind, or it throws: figures of books that match differently mean nothing.
 */
export function benchBook(): BookFigures {
  const { ours, theirs } = measureBesidePeer();
  const ratio = ours / theirs;
  print(`order book, ${PEER_RESTING_ORDERS} resting orders, median of ${ROUNDS} interleaved rounds`);
  print(`  openvenue          ${rounded(ours)} commands/s (${rounded(1e9 / ours)} ns each)`);
  print(`  nodejs-order-book  ${rounded(theirs)} commands/s (${rounded(1e9 / theirs)} ns each)`);
  print(`  ratio              ${rounded(ratio)}`);
  const scale = measureScale();
  for (const { restingOrders, nanosecondsPerCommand, bytesPerOrder } of scale) {
    const times = (nanosecondsPerCommand / scale[0]!.nanosecondsPerCommand).toFixed(2);
    const cost = `${nanosecondsPerCommand.toFixed(1)} ns a command (x ${times}), ${bytesPerOrder.toFixed(1)} bytes an order`;
    print(`  ${rounded(restingOrders)} resting: ${cost}`);
  }
  return { commandsPerSecond: { openvenue: ours, nodejsOrderBook: theirs }, ratio, scale };
}

/**
 * Our book with the matching loop of an exchange that checks nothing between fills. It only counts its fills, where the peer
 * builds a response for every command: that is part of the peer's interface and cannot be left out.
 */
class OurBook implements BookModel {
  readonly book = new FastBook();
  fills = 0;

  run(commands: readonly BookCommand[], from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const command = commands[i]!;
      if (command.kind === 'place') this.place(command);
      else if (command.kind === 'cancel') this.cancel(command.orderId);
      else this.#match(opposite(command.side), command.quantity, null);
    }
  }

  place({ orderId, ownerId, side, price, quantity }: Place): void {
    this.book.add({ orderId, ownerId, side, price, quantity });
  }

  cancel(orderId: number): void {
    this.book.remove(orderId);
  }

  take(side: Side, quantity: QuantitySteps): number[] {
    const filled: number[] = [];
    this.#match(opposite(side), quantity, filled);
    return filled;
  }

  contents(): Resting[] {
    const both = [...this.book.orders('BUY'), ...this.book.orders('SELL')];
    return both.map(({ orderId, price, quantity }) => [orderId, price, quantity]);
  }

  #match(makerSide: Side, quantity: QuantitySteps, filled: number[] | null): void {
    let left: number = quantity;
    while (left > 0) {
      const price = this.book.bestPrice(makerSide);
      if (price === NONE) return;
      left = this.#matchLevel({ makerSide, price, left }, filled);
    }
  }

  #matchLevel(taker: { makerSide: Side; price: PriceTicks; left: number }, filled: number[] | null): number {
    const { book } = this;
    let { left } = taker;
    for (let handle = book.firstAt(taker.makerSide, taker.price); handle !== NONE && left > 0; ) {
      const next = book.nextInLevel(handle);
      const orderId = book.orderIdOf(handle);
      const remaining = book.remainingOf(handle);
      const fill = Math.min(remaining, left);
      book.reduce(orderId, quantitySteps(fill));
      left -= fill;
      this.fills++;
      if (filled !== null && fill === remaining) filled.push(orderId);
      handle = next;
    }
    return left;
  }
}

function measureBesidePeer(): { ours: number; theirs: number } {
  const size = { restingOrders: PEER_RESTING_ORDERS, commands: PEER_COMMANDS, seed: SEED };
  const workload = generateWorkload(size, new OurBook());
  const idTexts = Array.from({ length: PEER_RESTING_ORDERS + PEER_COMMANDS + 1 }, (_, id) => String(id));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const seconds = runBoth(workload, idTexts);
    if (round < 0) continue;
    ours.push(PEER_COMMANDS / seconds.ours);
    theirs.push(PEER_COMMANDS / seconds.theirs);
  }
  return { ours: median(ours), theirs: median(theirs) };
}

function runBoth({ opening, commands }: Workload, idTexts: readonly string[]): { ours: number; theirs: number } {
  const ourBook = new OurBook();
  const theirBook = new PeerBook(idTexts);
  for (const order of opening) {
    ourBook.place(order);
    theirBook.place(order);
  }
  const ours = secondsOf(() => ourBook.run(commands, 0, commands.length));
  const theirs = secondsOf(() => theirBook.run(commands));
  const isEqual = ourBook.fills === theirBook.fills && sameOrders(ourBook.contents(), theirBook.contents());
  if (!isEqual) throw new Error('the books differ after the same commands');
  return { ours, theirs };
}

/** One long-lived book of each size; a round runs the next commands on each of them in turn. */
function measureScale(): ScaleFigures[] {
  const rounds = WARM_UP_ROUNDS + ROUNDS;
  const entries = SCALE_RESTING_ORDERS.map((restingOrders) => {
    const size = { restingOrders, commands: rounds * SCALE_COMMANDS_PER_ROUND, seed: SEED };
    const { opening, commands } = generateWorkload(size, new OurBook());
    const book = new OurBook();
    for (const order of opening) book.place(order);
    return { restingOrders, commands, book, nanoseconds: [] as number[] };
  });
  for (let round = 0; round < rounds; round++) {
    const from = round * SCALE_COMMANDS_PER_ROUND;
    for (const { book, commands, nanoseconds } of entries) {
      const seconds = secondsOf(() => book.run(commands, from, from + SCALE_COMMANDS_PER_ROUND));
      if (round >= WARM_UP_ROUNDS) nanoseconds.push((seconds * 1e9) / SCALE_COMMANDS_PER_ROUND);
    }
  }
  return entries.map(({ restingOrders, nanoseconds, book: { book } }) => ({
    restingOrders,
    nanosecondsPerCommand: median(nanoseconds),
    bytesPerOrder: book.byteSize / book.orderCount,
  }));
}

function sameOrders(ours: readonly Resting[], theirs: readonly Resting[]): boolean {
  return ours.length === theirs.length && ours.every((order, i) => order.every((part, j) => part === theirs[i]![j]));
}

if (import.meta.main) benchBook();
