import { OurBook } from './book.ts';
import type { Contender } from './rounds.ts';
import { type Shape, Workload } from './workload.ts';

const SEED = 20_240_602;

export interface GrownSize {
  readonly shape: Shape;
  readonly restingOrders: number;
  readonly commandsPerRound: number;
}

/** Our book alone, with many orders. */
export class GrownBook implements Contender {
  readonly size: GrownSize;
  readonly #workload: Workload;
  readonly #book = new OurBook();

  constructor(size: GrownSize) {
    this.size = size;
    this.#workload = new Workload({ ...size, seed: SEED }, new OurBook());
    for (const order of this.#workload.opening()) this.#book.place(order);
  }

  get bytesPerOrder(): number {
    const { book } = this.#book;
    return book.byteSize / book.orderCount;
  }

  prepare(): () => void {
    const commands = this.#workload.next(this.size.commandsPerRound);
    return () => this.#book.run(commands);
  }
}
