import { SeededRandom } from '@openvenue/core/testing';
import type { SimulatedFileSystem } from '@openvenue/log/testing';
import { Witness } from '../checks/witness.ts';
import { SimulatedClock } from './clock.ts';
import { Counters } from './counters.ts';
import { SimulatedDisk } from './disk.ts';
import { drawScenario, type Scenario } from './scenario.ts';
import { Scheduler } from './scheduler.ts';
import { Trace } from './trace.ts';

/** The concerns that draw chances of their own, so that one that draws more doesn't change the others. */
const STREAMS = ['scenario', 'disk', 'network', 'faults', 'users', 'venue', 'follower'] as const;

/** All that one run is made of, from its seed. */
export interface World {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly random: Readonly<Record<(typeof STREAMS)[number], SeededRandom>>;
  readonly scheduler: Scheduler;
  readonly disk: SimulatedDisk;
  readonly clock: SimulatedClock;
  readonly counters: Counters;
  readonly trace: Trace;
  readonly witness: Witness;
  readonly note: (text: string) => void;
}

/** When the first command of a venue comes, in milliseconds since 1970. */
const OPENING_MS = 1_772_000_000_000;

/** What a run finds when it begins. */
export interface Found {
  readonly files: SimulatedFileSystem;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** The world of one run; without `found` on an empty disk. */
export function createWorld(seed: number, found?: Found): World {
  const stream = (name: (typeof STREAMS)[number]): SeededRandom =>
    new SeededRandom(seed * STREAMS.length + STREAMS.indexOf(name));
  const random = {
    scenario: stream('scenario'),
    disk: stream('disk'),
    network: stream('network'),
    faults: stream('faults'),
    users: stream('users'),
    venue: stream('venue'),
    follower: stream('follower'),
  };
  const scenario = drawScenario(random.scenario);
  const scheduler = new Scheduler();
  const counters = new Counters();
  const trace = new Trace();
  const note = (text: string): void => trace.note(scheduler.nowUs, text);
  const { hasShortTransfers } = scenario;
  return {
    seed,
    scenario,
    random,
    scheduler,
    counters,
    trace,
    note,
    disk: new SimulatedDisk({
      scheduler,
      random: random.disk,
      counters,
      hasShortTransfers,
      files: found?.files.copy(),
    }),
    clock: new SimulatedClock(scheduler, found?.nowMs ?? OPENING_MS),
    witness: new Witness(counters, note),
  };
}
