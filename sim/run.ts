import { openFileLog } from '@openvenue/log';
import { readAll } from '@openvenue/log/testing';
import { coreMachine, recover } from '@openvenue/sequencer';
import { toTheBrink } from './actors/brink.ts';
import { Courier } from './actors/courier.ts';
import { endgame } from './actors/endgame.ts';
import { SimulatedMarket } from './actors/market.ts';
import { Misfortune } from './actors/misfortune.ts';
import { openVenue } from './actors/opening.ts';
import { operatorCommand } from './actors/operator.ts';
import { type Agent, Partner } from './actors/partner.ts';
import { passTime } from './actors/passage.ts';
import { type Surroundings, Traders } from './actors/trader.ts';
import { Visitor } from './actors/visitor.ts';
import { FOLDER } from './machine/damage.ts';
import { Follower } from './machine/follower.ts';
import { Network } from './machine/network.ts';
import { type OpenedVenue, openedVenue } from './machine/opened.ts';
import { Venue } from './machine/venue.ts';
import { createWorld, type World } from './machine/world.ts';

/** What became of one seed. */
export interface SeedReport {
  readonly seed: number;
  readonly commands: number;
  /** Virtual milliseconds. */
  readonly virtualMs: number;
  /** Hex digest of the trace: equal for equal seeds. */
  readonly traceHash: string;
  readonly counters: Readonly<Record<string, number>>;
  readonly failure?: { readonly message: string; readonly stack: string; readonly tail: readonly string[] };
}

const PRICES_EVERY_US = 250_000;
const THINK_US = [1_000, 1_400_000] as const;
/** A run that has not ended by then hangs. */
const LONGEST_US = 1_200_000_000;
/** Parties that act side by side. */
const TRADERS = 9;
/** Every so many seeds a run makes the log and opens the venue itself; the others take up a venue that is open. */
const EMPTY_EVERY = 8;

/** Runs one seed to its end; a broken promise of the venue is a failure in the report. */
export async function runSeed(seed: number): Promise<SeedReport> {
  let world: World | undefined;
  const report = (): SeedReport => ({
    seed,
    commands: world?.witness.core.sequence ?? 0,
    virtualMs: Math.round((world?.scheduler.nowUs ?? 0) / 1_000),
    traceHash: world?.trace.hash() ?? '',
    counters: world?.counters.toRecord() ?? {},
  });
  try {
    const opened = seed % EMPTY_EVERY === 0 ? undefined : await openedVenue(seed);
    world = createWorld(seed, opened);
    await live(world, opened);
    return report();
  } catch (error) {
    const { message, stack } = describe(error);
    return { ...report(), failure: { message, stack, tail: world?.trace.tail ?? [] } };
  }
}

function describe(error: unknown): { readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) return { message: String(error), stack: '' };
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause).stack}`;
  return { message: error.message, stack: `${error.stack ?? error.message}${cause}` };
}

async function live(world: World, opened: OpenedVenue | undefined): Promise<void> {
  const { scheduler, scenario, random, witness } = world;
  const until = async (what: string, isDone: () => boolean): Promise<void> => {
    await scheduler.runUntil(() => {
      if (scheduler.nowUs > LONGEST_US) throw new Error(`${what}: not after ${LONGEST_US / 1_000_000} virtual seconds`);
      return isDone();
    });
  };
  const venue = new Venue(world);
  const network = new Network(world, venue);
  const market = new SimulatedMarket(random.users, opened?.userIds);
  if (opened !== undefined) witness.takeUp(opened.history);
  const follower = new Follower(world, venue);
  const misfortune = new Misfortune(world, { venue, follower, network });
  venue.start();
  misfortune.meetFirstStart();
  await until('the first start', () => venue.state === 'up');
  misfortune.spare();

  let actors: Crowd | undefined;
  scheduler.spawn(async () => {
    const { apiKeys, agents } = opened ?? (await openVenue(world, venue, market));
    actors = crowd({ world, venue, network, market, apiKeys }, agents);
  });
  await until('the opening', () => actors !== undefined);

  const last = witness.core.sequence + scenario.commands;
  if (scenario.isFollowed) follower.start();
  scheduler.spawn(() => misfortune.run());
  await until('all commands', () => witness.core.sequence >= last);

  misfortune.end();
  network.isHealed = true;
  actors!.goHome();
  follower.isOver = true;
  await until('the end of all waiting', () => actors!.busy() === 0 && venue.state === 'up');
  await checkEnd(world, venue, { until, market });
}

interface Crowd {
  readonly busy: () => number;
  readonly goHome: () => void;
}

/** Traders, partners and the operator, each going on by himself. */
function crowd(around: Surroundings, agents: readonly Agent[]): Crowd {
  const { world, venue, network, market } = around;
  const { scheduler } = world;
  const random = world.random.users;
  let isOver = false;
  let busy = 0;
  const loop = (act: () => Promise<void>, pauseUs: () => number): void => {
    scheduler.spawn(async () => {
      busy++;
      while (!isOver) {
        await scheduler.sleep(pauseUs());
        if (!isOver) await act();
      }
      busy--;
    });
  };
  const agentIds = agents.map(({ agentId }) => agentId);
  const traders = new Traders(around);
  const think = (): number => random.integer(...THINK_US);
  const burst = async (): Promise<void> => {
    await Promise.all(Array.from({ length: random.integer(1, 4) }, () => traders.act()));
  };
  for (let n = 0; n < TRADERS; n++) loop(burst, think);
  const represent = agents.flatMap((agent) => [
    new Partner(around, agent),
    new Visitor(around, agent),
    new Courier(around, agent),
  ]);
  for (const actor of represent) loop(() => actor.act(), think);
  const operate = async (): Promise<void> => {
    const { core } = venue;
    const last = core === undefined ? undefined : endgame(core, market, world.clock.nowMs());
    if (last !== undefined) await network.call(last);
    const prices = market.nextPrices();
    if (market.isCrash) world.counters.add('met: price crash');
    if (core !== undefined && random.chance(1, 4)) await network.call(operatorCommand(core, random, agentIds));
    const gift = venue.core !== undefined && random.chance(1, 4) ? toTheBrink(venue.core, prices) : undefined;
    if (gift !== undefined) await network.call(gift);
    await network.call(prices);
    if (venue.core !== undefined && random.chance(1, 5)) passTime(world, venue.core);
  };
  loop(operate, () => PRICES_EVERY_US);
  return {
    busy: () => busy,
    goHome: () => {
      isOver = true;
    },
  };
}

/** After all faults the venue serves, ends in order, and all ways lead to the state that it had. */
async function checkEnd(
  world: World,
  venue: Venue,
  {
    until,
    market,
  }: { readonly until: (what: string, isDone: () => boolean) => Promise<void>; readonly market: SimulatedMarket },
): Promise<void> {
  const { scheduler, witness, disk, random } = world;
  let isServed = false;
  scheduler.spawn(async () => {
    const outcome = await venue.submit(market.prices());
    if (outcome instanceof Error) throw outcome;
    isServed = true;
  });
  await until('the last command', () => isServed);
  let isStopped = false;
  venue.stop(() => {
    isStopped = true;
  });
  await until('the last stop', () => isStopped);
  witness.submissions.finish();

  const opened = await openFileLog(FOLDER, { fileSystem: disk.files });
  if (!opened.recovery.wasClosedCleanly || opened.recovery.cutBytes > 0)
    throw new Error('the log was not closed cleanly');
  const { reader, snapshots } = opened;
  const found = witness.foundLog(await readAll(reader));
  if (found > 0) throw new Error(`${found} commands are in the log that nobody was told of`);
  const from = { reader, snapshots, machine: coreMachine };
  witness.checkState((await recover(from)).core);
  const notBeyond = random.venue.chance(1, 2) ? 0 : random.venue.integer(0, witness.core.sequence);
  witness.checkState((await recover({ ...from, notBeyond })).core);
  await opened.close();
}
