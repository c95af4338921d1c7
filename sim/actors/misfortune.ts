import { type Damaged, damage } from '../machine/damage.ts';
import type { Follower } from '../machine/follower.ts';
import type { Network } from '../machine/network.ts';
import type { Fault } from '../machine/scenario.ts';
import type { Venue } from '../machine/venue.ts';
import type { World } from '../machine/world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A crash is set off at most so many disk calls ahead, so that many hit a call in the middle. */
const CALLS_AHEAD = 25;

/** Brings the faults of the scenario over the venue, one after another. */
export class Misfortune {
  readonly #world: World;
  readonly #venue: Venue;
  readonly #follower: Follower;
  readonly #network: Network;
  isOver = false;
  /** The crash that is set off by one of the next disk calls. */
  #armed: (() => void) | undefined;

  constructor(world: World, parts: { readonly venue: Venue; readonly follower: Follower; readonly network: Network }) {
    this.#world = world;
    this.#venue = parts.venue;
    this.#follower = parts.follower;
    this.#network = parts.network;
  }

  async run(): Promise<void> {
    const { scheduler, random, scenario } = this.#world;
    const { faults, faultGapUs } = scenario;
    if (faults.length === 0) return;
    for (;;) {
      await scheduler.sleep(random.faults.integer(1_000, 2 * faultGapUs));
      if (this.isOver) return;
      this.#strike(random.faults.pick(faults));
    }
  }

  /** A crash while the log is being created, in some runs that have crashes. */
  meetFirstStart(): void {
    const { random, scenario } = this.#world;
    for (const kind of ['kill', 'power cut'] as const)
      if (scenario.faults.includes(kind) && random.faults.chance(1, 3)) this.#crash(kind);
  }

  /** Calls off the crash that has not come. */
  spare(): void {
    this.#armed = undefined;
    this.#world.disk.onCall = () => undefined;
  }

  /** Ends all that lasts. */
  end(): void {
    this.isOver = true;
    Object.assign(this.#world.disk.trouble, { isFull: false, isSlow: false, syncsToFail: 0, writesToFail: 0 });
    this.spare();
    if (this.#venue.state === 'read-only') this.#venue.stop(() => this.#venue.start());
  }

  #strike(fault: Fault): void {
    const { disk, clock, scheduler, random, counters, note } = this.#world;
    const venue = this.#venue;
    const lastsUs = random.faults.integer(30_000, 1_500_000);
    note(`fault ${fault}`);
    switch (fault) {
      case 'kill':
      case 'power cut':
        this.#crash(fault);
        break;
      case 'clean restart':
        this.#restart();
        break;
      case 'full disk':
        disk.trouble.isFull = true;
        this.#later(lastsUs, () => {
          disk.trouble.isFull = false;
          if (venue.state === 'read-only') venue.stop(() => venue.start());
        });
        break;
      case 'failed sync':
        disk.trouble.syncsToFail = 1;
        break;
      case 'failed write':
        disk.trouble.writesToFail = 1;
        break;
      case 'slow disk':
        counters.add('fault: slow disk');
        disk.trouble.isSlow = true;
        this.#later(lastsUs, () => {
          disk.trouble.isSlow = false;
        });
        break;
      case 'pause':
        if (venue.state === 'down') break;
        counters.add('fault: pause');
        venue.host.pausedUntilUs = scheduler.nowUs + lastsUs;
        break;
      case 'clock forward':
        counters.add('fault: clock forward');
        clock.jump(random.faults.chance(1, 8) ? DAY_MS + 1 : random.faults.integer(1, 20 * MINUTE_MS));
        break;
      case 'clock back':
        counters.add('fault: clock back');
        clock.jump(-random.faults.integer(1, 120 * MINUTE_MS));
        break;
      case 'damage to a segment':
        this.#damage('segment');
        break;
      case 'damage to a snapshot':
        this.#damage('snapshot');
        break;
      case 'damage to head':
        this.#damage('head');
        break;
      case 'partition': {
        const ways = random.faults.integer(1, 3);
        this.#network.cut({ requests: (ways & 1) !== 0, replies: (ways & 2) !== 0 }, lastsUs);
        break;
      }
      case 'second process':
        counters.add('fault: second process');
        venue.openTwice();
        break;
    }
  }

  #restart(): void {
    const venue = this.#venue;
    if (venue.state !== 'up') return;
    this.#world.counters.add('fault: clean restart');
    venue.stop(() => venue.start());
  }

  /** Now, or in the middle of one of the next disk calls. */
  #crash(kind: 'kill' | 'power cut'): void {
    const { disk, scheduler, random } = this.#world;
    const strike = (): void => {
      if (this.isOver || this.#venue.state === 'down') return;
      this.#venue.crash(kind);
      // A power cut ends every process of the machine.
      if (kind === 'power cut') this.#follower.restart();
      this.#venue.start();
    };
    if (random.faults.chance(1, 3)) {
      strike();
      return;
    }
    let left = random.faults.integer(1, CALLS_AHEAD);
    // Snapshots are written seldom and soon.
    const isAimed = random.faults.chance(1, 8);
    this.#armed = strike;
    disk.onCall = (durationUs, name) => {
      if (isAimed ? name?.kind !== 'write' || !name.path.includes('/snapshots/') : --left > 0) return;
      disk.onCall = () => undefined;
      scheduler.after(random.faults.integer(0, durationUs), () => {
        if (this.#armed === strike) strike();
      });
    };
  }

  /** The process ends, and before the next one starts a file is damaged. */
  #damage(what: Damaged): void {
    const { disk, random, counters, note } = this.#world;
    const venue = this.#venue;
    // Only one slot may be lost: of two, as of every copy of anything, nothing could be read.
    if (venue.state === 'down' || (what === 'head' && venue.isHeadDamaged)) return;
    venue.crash(random.faults.chance(1, 2) ? 'kill' : 'power cut');
    this.#follower.restart();
    const harm = damage(disk, what, random.faults);
    if (harm !== undefined) {
      counters.add(`fault: ${harm.how} in ${what}`);
      note(`${harm.how} in ${harm.path}`);
      venue.damaged(harm);
    }
    venue.start();
  }

  #later(delayUs: number, run: () => void): void {
    this.#world.scheduler.after(delayUs, () => {
      if (!this.isOver) run();
    });
  }
}
