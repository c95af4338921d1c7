import { OurBook } from './book.ts';
import { BenchVenue } from './core.ts';
import { liveBytes } from './heap.ts';
import { Workload } from './workload.ts';

const SEED = 20_240_603;
const PORTION = 10_000;
const RUN_RESTING_ORDERS = 10_000;
/** Fills what is remembered for a day, which ends by itself after as many commands as a day has. */
const SETTLING_COMMANDS = 100_000;

/**
 * Bytes that a core with `restingOrders` keeps alive for each of them: the order, its user's share, its client order id,
 * the book and all indexes.
 */
export function coreBytesPerOrder(restingOrders: number): number {
  const workload = new Workload({ shape: 'clustered', restingOrders, seed: SEED }, new OurBook());
  const opening = workload.opening();
  const before = liveBytes();
  const venue = new BenchVenue(restingOrders);
  for (let from = 0; from < restingOrders; from += PORTION) venue.open(opening.slice(from, from + PORTION));
  const bytes = liveBytes() - before;
  assertAccepted(venue);
  return bytes / restingOrders;
}

export interface HeapPoint {
  readonly commands: number;
  /** Alive after a full collection, the generator's own part included. */
  readonly bytes: number;
}

/** Bytes alive in a core that runs on and on with as many orders, after each portion of the run. */
export function heapOverRun(commandsPerPoint: number, points: number): HeapPoint[] {
  const workload = new Workload({ shape: 'clustered', restingOrders: RUN_RESTING_ORDERS, seed: SEED }, new OurBook());
  const venue = new BenchVenue(RUN_RESTING_ORDERS);
  venue.open(workload.opening());
  const run = (commands: number): void => {
    for (let done = 0; done < commands; done += PORTION) venue.run(venue.timed(workload.next(PORTION)));
  };
  run(SETTLING_COMMANDS);
  return Array.from({ length: points }, (_, i) => {
    run(commandsPerPoint);
    assertAccepted(venue);
    return { commands: SETTLING_COMMANDS + (i + 1) * commandsPerPoint, bytes: liveBytes() };
  });
}

function assertAccepted({ refusedCount, refused }: BenchVenue): void {
  if (refusedCount > 0) throw new Error(`${refusedCount} commands were refused: ${[...refused.keys()].join(', ')}`);
}
