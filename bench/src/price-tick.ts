import type { Command, Event } from '@openvenue/core';
import { SeededRandom } from '../../packages/core/src/testing/random.ts';
import { CrowdedCore, MID, SYMBOLS } from './crowded-core.ts';
import { median, print, rounded, secondsOf } from './figures.ts';

const SEED = 20_240_607;
const POSITIONS = 100_000;
const CONDITIONS = 10_000;
/** Ticks of which nothing is taken, so that the code is compiled and the heap settled. */
const WARM_UP_TICKS = 60;
const QUIET_TICKS = 600;
/** Biggest step of a quiet second, and of a second of the trend, in parts of 100,000 of the price. */
const QUIET_STEP = 10;
const TREND_STEP = 100;
const TREND_TICKS = 200;
const CRASH_PER_CENT = 8;
const STOPS = 5_000;
/** Stops stand this many ticks under the price, and the price that fires them as many under them: a mark isn't quite the index. */
const STOP_DISTANCE = 2_000;
const FUNDING_INTERVAL_MS = 8 * 3_600_000;
const FUNDINGS = 3;

/** What one command took and did. */
interface Tick {
  readonly ms: number;
  readonly cpuMs: number;
  readonly fires: number;
  /** A small liquidation takes two steps. */
  readonly liquidationSteps: number;
  readonly events: number;
}

/** How long price commands of one kind took, in ms; `meanCpuMs` is what the process computed, other threads included. */
export interface TickFigures {
  readonly name: string;
  readonly ticks: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly meanCpuMs: number;
}

/**
 * Measures price commands over 100,000 open positions and 10,000 conditions: a random walk, a trend that reaches some of them with each
 * tick, then what comes in bulk: a crash of each symbol, the fire of 5,000 stops at one price in each, and the funding of all positions.
 */
export function benchPriceTick(): readonly TickFigures[] {
  const crowd = new CrowdedCore({ positions: POSITIONS, seed: SEED });
  crowd.placeConditions(CONDITIONS);
  const run = new TickRun(crowd);
  const walk = (ticks: number, step: number, drift = 0): Tick[] =>
    Array.from({ length: ticks }, () => run.move((price) => run.walked(price, step, drift)));

  walk(WARM_UP_TICKS, QUIET_STEP);
  const quiet = walk(QUIET_TICKS, QUIET_STEP);
  const funding = fundings(run);
  const fired = stopsAtOnce(run);
  const all = [...quiet, ...walk(TREND_TICKS, TREND_STEP, -20), ...walk(TREND_TICKS, TREND_STEP, 40)];
  const crash = SYMBOLS.map((_, i) =>
    run.move((price, symbol) => (symbol === i ? Math.round((price * (100 - CRASH_PER_CENT)) / 100) : price)),
  );

  const acts = ({ fires, liquidationSteps }: Tick): boolean => fires + liquidationSteps > 0;
  print(
    `price commands, ${rounded(POSITIONS)} positions, ${rounded(CONDITIONS)} conditions, ${SYMBOLS.length} symbols`,
  );
  print(`  ${'ms'.padEnd(36)}  median     p99     max  mean cpu   most: fires  liquidation steps   events`);
  return [
    report(
      'that reach nobody',
      all.filter((tick) => !acts(tick)),
    ),
    report('with fires or liquidations', all.filter(acts)),
    report(`with a crash of ${CRASH_PER_CENT} %`, crash),
    report(`with ${rounded(STOPS)} stops at one price`, fired),
    report('with the funding of everyone', funding),
  ];
}

/** In each symbol: thousands of stops at one price, and the tick that fires them. */
function stopsAtOnce(run: TickRun): Tick[] {
  return SYMBOLS.map((symbol, i) => {
    run.move((price) => price);
    const stopPrice = (run.prices[i] as number) - STOP_DISTANCE;
    if (run.crowd.placeStops(symbol, stopPrice, STOPS) < STOPS) throw new Error('too few hold a long');
    const tick = run.move((price, of) => (of === i ? stopPrice - STOP_DISTANCE : price));
    if (tick.fires < STOPS) throw new Error(`only ${tick.fires} stops fired`);
    return tick;
  });
}

/** Fundings of all symbols at once. What a new day begins with is done by a command before. */
function fundings(run: TickRun): Tick[] {
  return Array.from({ length: FUNDINGS }, () => {
    run.crowd.skip(FUNDING_INTERVAL_MS);
    run.crowd.quote(run.prices);
    const tick = run.move((price) => price);
    if (tick.events < POSITIONS) throw new Error(`only ${tick.events} events of a funding`);
    return tick;
  });
}

/** Moves the prices tick by tick; between two ticks the makers quote anew, which isn't timed. */
class TickRun {
  readonly crowd: CrowdedCore;
  prices: readonly number[] = SYMBOLS.map(() => MID);
  readonly #random = new SeededRandom(SEED + 1);

  constructor(crowd: CrowdedCore) {
    this.crowd = crowd;
  }

  move(next: (price: number, symbol: number) => number): Tick {
    this.prices = this.prices.map(next);
    const tick = timed(this.crowd, this.crowd.priceCommand(this.prices));
    this.crowd.quote(this.prices);
    return tick;
  }

  /** A step of at most `step` either way and `drift`, in parts of 100,000 of the price. */
  walked(price: number, step: number, drift: number): number {
    return Math.round(price * (1 + (this.#random.integer(-step, step) + drift) / 100_000));
  }
}

function timed(crowd: CrowdedCore, command: Command): Tick {
  let events: readonly Event[] = [];
  const cpu = process.cpuUsage();
  const seconds = secondsOf(() => {
    events = crowd.apply(command).events;
  });
  const { user, system } = process.cpuUsage(cpu);
  return { ms: seconds * 1_000, cpuMs: (user + system) / 1_000, ...countsOf(events) };
}

function countsOf(events: readonly Event[]): Pick<Tick, 'fires' | 'liquidationSteps' | 'events'> {
  let fires = 0;
  let liquidationSteps = 0;
  for (const event of events) {
    if (event.type === 'liquidation-step') liquidationSteps++;
    else if (event.type === 'condition-updated' && event.condition.status === 'TRIGGERED') fires++;
  }
  return { fires, liquidationSteps, events: events.length };
}

function report(name: string, ticks: readonly Tick[]): TickFigures {
  const ms = ticks.map((tick) => tick.ms).sort((a, b) => a - b);
  const figures: TickFigures = {
    name,
    ticks: ms.length,
    medianMs: median(ms),
    p99Ms: ms[Math.floor(ms.length * 0.99)] as number,
    maxMs: ms[ms.length - 1] as number,
    meanCpuMs: ticks.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / ms.length,
  };
  const { medianMs, p99Ms, maxMs, meanCpuMs } = figures;
  const times = [medianMs, p99Ms, maxMs].map((value) => value.toFixed(2).padStart(6)).join('  ');
  const most = (of: (tick: Tick) => number): string => rounded(Math.max(...ticks.map(of)));
  const counts = [
    most((tick) => tick.fires).padStart(11),
    most((tick) => tick.liquidationSteps).padStart(17),
    most((tick) => tick.events).padStart(7),
  ];
  print(`  ${`${ms.length} ${name}`.padEnd(36)}  ${times}  ${meanCpuMs.toFixed(2).padStart(8)}   ${counts.join('  ')}`);
  return figures;
}

if (import.meta.main) benchPriceTick();
