import { OurBook } from './book.ts';
import { BenchVenue, type TimedCommand } from './core.ts';
import { type Percentiles, percentilesOf } from './latency.ts';
import { PeerBook, type Resting } from './peer-book.ts';
import type { Contender } from './rounds.ts';
import { type BookCommand, type Shape, Workload } from './workload.ts';

export const DUEL_RESTING_ORDERS = 10_000;
const SEED = 20_240_601;
const SIDES = ['BUY', 'SELL'] as const;

/** Our book, our whole core and the book of the peer on the very same commands. */
export class Duel {
  readonly shape: Shape;
  readonly book: Contender = { prepare: () => this.#bookRound() };
  readonly core: Contender = { prepare: () => this.#coreRound() };
  readonly peer: Contender = { prepare: () => this.#peerRound() };
  readonly venue = new BenchVenue(DUEL_RESTING_ORDERS);
  readonly #commandsPerRound: number;
  readonly #workload: Workload;
  readonly #ourBook = new OurBook();
  readonly #peerBook = new PeerBook();
  /** Those of the round, which the book as the first contender draws. */
  #commands: readonly BookCommand[] = [];

  constructor(shape: Shape, commandsPerRound: number) {
    this.shape = shape;
    this.#commandsPerRound = commandsPerRound;
    this.#workload = new Workload({ shape, restingOrders: DUEL_RESTING_ORDERS, seed: SEED }, new OurBook());
    const opening = this.#workload.opening();
    this.#peerBook.nameOrders(this.#workload.nextOrderId);
    for (const order of opening) {
      this.#ourBook.place(order);
      this.#peerBook.place(order);
    }
    this.venue.open(opening);
  }

  /** In the order of every round. */
  get contenders(): readonly Contender[] {
    return [this.book, this.core, this.peer];
  }

  /** How many orders rest at each price. */
  get queueLengths(): readonly number[] {
    return this.#ourBook.queueLengths();
  }

  /** @throws when the three don't hold the same orders and quantities, or the two books didn't fill as often */
  assertEqual(): void {
    const isEqual =
      this.#ourBook.fills === this.#peerBook.fills &&
      sameRows(this.#ourBook.contents(), this.#peerBook.contents()) &&
      SIDES.every((side) => sameRows(this.venue.levels(side), this.#peerBook.levels(side)));
    if (!isEqual) throw new Error(`the books differ after the same ${this.shape} commands`);
  }

  /** Times each of the next commands. The peer stays behind: after this there is nothing to compare any more. */
  latencies(count: number): { readonly book: Percentiles; readonly core: Percentiles } {
    const commands = this.#workload.next(count);
    const timed = this.venue.timed(commands);
    return {
      book: percentilesOf(commands, (command: BookCommand) => this.#ourBook.apply(command)),
      core: percentilesOf(timed, (command: TimedCommand) => this.venue.apply(command)),
    };
  }

  #bookRound(): () => void {
    this.#commands = this.#workload.next(this.#commandsPerRound);
    return () => this.#ourBook.run(this.#commands);
  }

  #coreRound(): () => void {
    const timed = this.venue.timed(this.#commands);
    return () => this.venue.run(timed);
  }

  #peerRound(): () => void {
    this.#peerBook.nameOrders(this.#workload.nextOrderId);
    return () => this.#peerBook.run(this.#commands);
  }
}

type Row = Resting | readonly [price: number, quantity: number];

function sameRows(ours: readonly Row[], theirs: readonly Row[]): boolean {
  return ours.length === theirs.length && ours.every((row, i) => row.every((part, j) => part === theirs[i]![j]));
}
