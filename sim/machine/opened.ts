import type { SimulatedFileSystem } from '@openvenue/log/testing';
import { SimulatedMarket } from '../actors/market.ts';
import { type Opened, openVenue } from '../actors/opening.ts';
import type { Published } from '../checks/witness.ts';
import { Venue } from './venue.ts';
import { createWorld } from './world.ts';

/** A venue after its opening and the end of its first process, for runs to begin with. */
export interface OpenedVenue extends Opened {
  /** Its disk. Copied by whoever uses it. */
  readonly files: SimulatedFileSystem;
  /** All that its log holds. */
  readonly history: readonly Published[];
  /** What its clock showed last, in milliseconds since 1970. */
  readonly nowMs: number;
  readonly userIds: readonly number[];
}

/** So many different openings there are; which one a run takes up follows from its seed. */
const OPENINGS = 24;
/** No run has a seed like those of the openings. */
const FIRST_SEED = 2_000_000_000;
const made = new Map<number, Promise<OpenedVenue>>();

/** The opened venue that the run of `seed` begins with. Each is made once, and the same in every thread. */
export function openedVenue(seed: number): Promise<OpenedVenue> {
  const number = seed % OPENINGS;
  const opened = made.get(number) ?? open(number);
  made.set(number, opened);
  return opened;
}

/** Opens a venue without faults; every other one is killed in the end instead of stopped. */
async function open(number: number): Promise<OpenedVenue> {
  const world = createWorld(FIRST_SEED + number);
  const { scheduler, clock, disk, witness } = world;
  const venue = new Venue(world);
  const market = new SimulatedMarket(world.random.users);
  venue.start();
  await scheduler.runUntil(() => venue.state === 'up');
  let opened: Opened | undefined;
  scheduler.spawn(async () => {
    opened = await openVenue(world, venue, market);
  });
  await scheduler.runUntil(() => opened !== undefined);
  let isOver = number % 2 === 1;
  if (isOver) venue.crash('kill');
  else
    venue.stop(() => {
      isOver = true;
    });
  await scheduler.runUntil(() => isOver);
  const { files } = disk;
  return { ...opened!, files, history: witness.history, nowMs: clock.nowMs(), userIds: market.userIds };
}
