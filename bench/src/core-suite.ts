import { DUEL_RESTING_ORDERS, Duel } from './duel.ts';
import { print, printRefused, rounded } from './figures.ts';
import { GrownBook } from './grown-book.ts';
import { clockPercentiles, type Percentiles } from './latency.ts';
import { coreBytesPerOrder, heapOverRun } from './memory.ts';
import { type Contender, interleave } from './rounds.ts';
import type { Shape } from './workload.ts';

const SHAPES: readonly Shape[] = ['clustered', 'thin'];
const GROWN_RESTING_ORDERS = [100_000, 1_000_000];
const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;
const COMMANDS_PER_ROUND = 100_000;
const TIMED_COMMANDS = 200_000;
const STATE_RESTING_ORDERS = 1_000_000;
const HEAP_POINTS = 6;
const COMMANDS_PER_HEAP_POINT = 200_000;

/** One of ours beside the peer, which ran the same commands. */
export interface Rate {
  readonly name: string;
  readonly perSecond: number;
  readonly peerPerSecond: number;
}

/**
 * Measures the order book and the whole core beside the npm package `nodejs-order-book`, which only matches; the book alone as it
 * grows; and what both keep in memory. Those that are compared run the same commands in turn, and after every round their
 * books must be equal, or it throws: figures of books that match differently mean nothing. Needs `--expose-gc`.
 */
export function benchCoreSuite(): readonly Rate[] {
  const rates = measureRates();
  reportMemory();
  return rates;
}

/** All that is measured here is garbage afterwards, so that it isn't in the figures of memory. */
function measureRates(): readonly Rate[] {
  const duels = SHAPES.map((shape) => new Duel(shape, COMMANDS_PER_ROUND));
  const grown = SHAPES.flatMap((shape) =>
    GROWN_RESTING_ORDERS.map(
      (restingOrders) => new GrownBook({ shape, restingOrders, commandsPerRound: COMMANDS_PER_ROUND }),
    ),
  );
  const contenders: readonly Contender[] = [...duels.flatMap((duel) => duel.contenders), ...grown];
  const medians = interleave({
    contenders,
    warmUpRounds: WARM_UP_ROUNDS,
    rounds: ROUNDS,
    commandsPerRound: COMMANDS_PER_ROUND,
    check: () => {
      for (const duel of duels) duel.assertEqual();
    },
  });
  const nanosecondsOf = (contender: Contender): number => medians[contenders.indexOf(contender)]!;

  print(`medians of ${ROUNDS} interleaved rounds of ${rounded(COMMANDS_PER_ROUND)} commands, after`);
  print(`${rounded(WARM_UP_ROUNDS * COMMANDS_PER_ROUND)} commands of warm-up; the books were equal after every round`);
  const rates = duels.flatMap((duel) => reportDuel(duel, nanosecondsOf));
  for (const duel of duels) {
    const ofShape = grown.filter(({ size }) => size.shape === duel.shape);
    reportGrowth(duel, { grown: ofShape, nanosecondsOf });
  }
  reportLatencies(duels);
  return rates;
}

type NanosecondsOf = (contender: Contender) => number;

function reportDuel(duel: Duel, nanosecondsOf: NanosecondsOf): Rate[] {
  const peerNanoseconds = nanosecondsOf(duel.peer);
  const lengths = duel.queueLengths;
  const orders = lengths.reduce((sum, length) => sum + length, 0);
  const ownQueue = lengths.reduce((sum, length) => sum + length ** 2, 0) / orders;
  print(`\n${duel.shape}, ${rounded(DUEL_RESTING_ORDERS)} resting orders on ${lengths.length} levels:`);
  print(`  an order's queue has ${rounded(ownQueue)} on average, the longest ${Math.max(...lengths)}`);
  for (const [name, contender] of [
    ['openvenue, book', duel.book],
    ['openvenue, whole core', duel.core],
    ['nodejs-order-book', duel.peer],
  ] as const) {
    const nanoseconds = nanosecondsOf(contender);
    const ratio = (peerNanoseconds / nanoseconds).toFixed(2);
    print(`  ${name.padEnd(24)}${rounded(nanoseconds)} ns, ${rounded(1e9 / nanoseconds)} a second, ratio ${ratio}`);
  }
  print(
    `  accepted by the core    ${rounded(duel.venue.commandCount - duel.venue.refusedCount)} of ${rounded(duel.venue.commandCount)}`,
  );
  printRefused(duel.venue.refused);
  const rateOf = (name: string, contender: Contender): Rate => ({
    name: `${name}, ${duel.shape}`,
    perSecond: 1e9 / nanosecondsOf(contender),
    peerPerSecond: 1e9 / peerNanoseconds,
  });
  return [rateOf('order book', duel.book), rateOf('core, full path', duel.core)];
}

function reportGrowth(
  duel: Duel,
  { grown, nanosecondsOf }: { readonly grown: readonly GrownBook[]; readonly nanosecondsOf: NanosecondsOf },
): void {
  const smallest = nanosecondsOf(duel.book);
  print(`\nour book as it grows, ${duel.shape}:`);
  print(`  ${rounded(DUEL_RESTING_ORDERS)} resting: ${smallest.toFixed(1)} ns a command`);
  for (const book of grown) {
    const nanoseconds = nanosecondsOf(book);
    const times = (nanoseconds / smallest).toFixed(2);
    const bytes = book.bytesPerOrder.toFixed(1);
    print(
      `  ${rounded(book.size.restingOrders)} resting: ${nanoseconds.toFixed(1)} ns a command (x ${times}), ${bytes} bytes an order`,
    );
  }
}

function reportLatencies(duels: readonly Duel[]): void {
  print(`\nnanoseconds of single commands, ${rounded(TIMED_COMMANDS)} of each, reading the clock included:`);
  printPercentiles('reading the clock', clockPercentiles(TIMED_COMMANDS));
  for (const duel of duels) {
    const { book, core } = duel.latencies(TIMED_COMMANDS);
    printPercentiles(`book, ${duel.shape}`, book);
    printPercentiles(`whole core, ${duel.shape}`, core);
  }
}

function printPercentiles(name: string, { p50Ns, p99Ns, p999Ns, worstNs }: Percentiles): void {
  const figures = `p50 ${rounded(p50Ns)}, p99 ${rounded(p99Ns)}, p99.9 ${rounded(p999Ns)}, worst ${rounded(worstNs)}`;
  print(`  ${name.padEnd(24)}${figures}`);
}

function reportMemory(): void {
  const state = coreBytesPerOrder(STATE_RESTING_ORDERS);
  print(`\nwhole core's state with ${rounded(STATE_RESTING_ORDERS)} resting orders: ${rounded(state)} bytes an order`);
  print(`heap and buffers of a core that runs on, after a full collection:`);
  for (const { commands, bytes } of heapOverRun(COMMANDS_PER_HEAP_POINT, HEAP_POINTS)) {
    print(`  after ${rounded(commands).padStart(9)} commands ${(bytes / 2 ** 20).toFixed(2)} MiB`);
  }
}

if (import.meta.main) benchCoreSuite();
