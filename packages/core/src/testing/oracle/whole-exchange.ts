import { Core, type Outcome } from '../../core.ts';
import { NaiveBook } from '../../exchange/book/naive-book.ts';
import { NaiveTriggers } from '../../exchange/triggers/naive-triggers.ts';
import { invariantFaults } from '../invariants.ts';
import { SeededRandom } from '../random.ts';
import {
  compareAccount,
  compareChanged,
  comparePositions,
  compareQueues,
  compareUser,
  compareVenue,
} from './core-reads.ts';
import { OracleDifference, text } from './difference.ts';
import { Oracle } from './oracle.ts';
import { driftOf, holdSums } from './oracle-invariants.ts';
import { outcomesOf } from './outcomes.ts';
import type { MarketKind } from './random-market/market-terms.ts';
import { RandomMarket, type Timed } from './random-market/random-market.ts';
import { shrink } from './shrink.ts';

/** How much a run looks at, beside what it holds after every command. */
export interface Watch {
  /** Whether the core of the naive books says the same of every command. */
  readonly isNaive: boolean;
  /** How many commands lie between two looks at everything, recomputed from scratch. */
  readonly everythingEvery: number;
}

/** All there is, for a soak. */
export const CLOSE_WATCH: Watch = { isNaive: true, everythingEvery: 100 };
/** For many commands in little time. */
export const FAST_WATCH: Watch = { isNaive: false, everythingEvery: 1_000 };
/** How many commands lie between two snapshots, of which the fast core is begun anew. */
const RESTORE_EVERY = 20_000;

/** The fast core, the naive one and the oracle, which must say the same of every command. */
export class WholeExchange {
  fast = new Core();
  readonly naive: Core | undefined;
  readonly oracle = new Oracle();
  /** What has happened, to see whether a run was worth something. */
  readonly seen = new Map<string, number>();
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
    this.naive = watch.isNaive
      ? new Core(
          () => new NaiveBook(),
          () => new NaiveTriggers(),
        )
      : undefined;
  }

  /** @throws OracleDifference at the first difference or broken invariant */
  apply({ timeMs, command }: Timed): void {
    const sequence = this.fast.sequence + 1;
    const outcome = this.fast.apply(sequence, timeMs, command);
    const naive = this.naive?.apply(sequence, timeMs, command) ?? outcome;
    if (naive !== outcome && !same(outcome, naive)) throw naiveDifference(outcome, naive);
    this.oracle.read({ timeMs, command, ...outcome });
    const { state } = this.oracle;
    for (const userId of state.moved) compareAccount(state, this.fast, userId);
    for (const userId of state.touched) comparePositions(this.fast, state.user(userId));
    compareChanged(this.oracle, this.fast);
    if (sequence % this.#watch.everythingEvery === 0) this.compareEverything();
    if (sequence % RESTORE_EVERY === 0) this.#restore();
    this.#count(outcome.reply.ok ? `ok ${command.type}` : outcome.reply.reason);
    for (const event of outcome.events) for (const kind of outcomesOf(event)) this.#count(kind);
  }

  /** @throws OracleDifference */
  compareEverything(): void {
    const { state } = this.oracle;
    for (const userId of state.users.keys()) compareUser(state, this.fast, userId);
    compareQueues(state, this.fast);
    compareVenue(state, this.fast);
    holdSums(state);
    const [fault] = invariantFaults(this.fast);
    if (fault !== undefined) throw new OracleDifference('invariants', { core: fault, oracle: 'none broken' });
  }

  /** INV-6: both cores have one state, and a snapshot is the whole of it. */
  #restore(): void {
    const bytes = this.fast.snapshot();
    const differ = this.naive !== undefined && Buffer.compare(bytes, this.naive.snapshot()) !== 0;
    if (differ)
      throw new OracleDifference('INV-6: the snapshots', { core: 'of the fast core', oracle: 'of the naive core' });
    this.fast = Core.restore(bytes);
    if (Buffer.compare(bytes, this.fast.snapshot()) !== 0)
      throw new OracleDifference('INV-6: the snapshots', { core: 'before', oracle: 'of what it restores' });
  }

  #count(kind: string): void {
    this.seen.set(kind, (this.seen.get(kind) ?? 0) + 1);
  }
}

export interface Run {
  readonly seed: number;
  readonly kind: MarketKind;
  readonly commands: number;
  readonly watch: Watch;
  readonly onProgress?: (done: number) => void;
}

/** What a run that found something leaves behind. */
export interface Finding {
  readonly seed: number;
  readonly kind: MarketKind;
  readonly watch: Watch;
  readonly fault: string;
  /** All commands up to the one that showed it. */
  readonly journal: readonly Timed[];
}

/** Runs a venue's whole life from a seed. */
export function runWholeExchange({ seed, kind, commands, watch, onProgress }: Run): {
  readonly seen: ReadonlyMap<string, number>;
  /** In 1e-8 USDT. */
  readonly drift: bigint;
  readonly finding?: Finding;
} {
  const exchange = new WholeExchange(watch);
  const market = new RandomMarket(new SeededRandom(seed), kind);
  const journal: Timed[] = [];
  const apply = (timed: Timed): void => {
    journal.push(timed);
    exchange.apply(timed);
  };
  const fault = faultOf(() => {
    for (const timed of market.opening()) apply(timed);
    for (let done = 1; done <= commands; done++) {
      apply(market.next(exchange.fast));
      if (done % 10_000 === 0) onProgress?.(done);
    }
    exchange.compareEverything();
  });
  const drift = driftOf(exchange.oracle.state);
  return {
    seen: exchange.seen,
    drift,
    ...(fault === undefined ? {} : { finding: { seed, kind, watch, fault, journal } }),
  };
}

/** What is wrong with a journal, if anything. */
function faultOfJournal(journal: readonly Timed[], watch: Watch): string | undefined {
  const exchange = new WholeExchange(watch);
  return faultOf(() => {
    for (const timed of journal) exchange.apply(timed);
    exchange.compareEverything();
  });
}

/** A fault without its figures: two of one kind are taken for the same. */
const kindOfFault = (fault: string): string => (fault.split(': core ')[0] ?? fault).replace(/\d+/g, '#').slice(0, 200);

/** The fewest commands that still show what was found, as far as there is time. */
export const shrunk = ({ journal, fault, watch }: Finding, isLate: () => boolean): readonly Timed[] =>
  shrink(journal, {
    isLate,
    fails: (some) => {
      const found = faultOfJournal(some, watch);
      return found !== undefined && kindOfFault(found) === kindOfFault(fault);
    },
  });

function faultOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error instanceof OracleDifference ? error.message : (error.stack ?? error.message);
  }
}

function naiveDifference(fast: Outcome, naive: Outcome): OracleDifference {
  if (!same(fast.reply, naive.reply))
    return new OracleDifference('reply beside the naive core', { core: fast.reply, oracle: naive.reply });
  const at = fast.events.findIndex((event, k) => !same(event, naive.events[k]));
  const shown = { core: fast.events[at], oracle: naive.events[at === -1 ? fast.events.length : at] };
  return new OracleDifference('event beside the naive core', shown);
}

/** Deep equality of plain data; a fraction of the cost of a matcher. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same(a[key as keyof typeof a], b[key as keyof typeof b]));
}

/** A journal as text that a test can hold: one command a line. */
export const linesOf = (journal: readonly Timed[]): string => journal.map((timed) => text(timed)).join('\n');
