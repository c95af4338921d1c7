import type { Command } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';
import type { Venue } from './venue.ts';
import type { World } from './world.ts';

/** What a sender knows in the end: the venue's answer, its refusal, or nothing. */
export type Heard = Committed | Error | 'nothing';

const TRAVEL_US = [100, 3_000] as const;
const LATE_US = [10_000, 400_000] as const;
const PATIENCE_US = 300_000;

/** The way between the users and the venue: it loses, doubles, delays and so reorders messages. */
export class Network {
  readonly #world: World;
  readonly #venue: Venue;
  #sent = 0;
  #newestArrived = 0;
  /** Which ways are cut, and up to when, in virtual microseconds. */
  #cut = { requests: false, replies: false, untilUs: 0 };
  /** No more faults: for the end of a run. */
  isHealed = false;

  constructor(world: World, venue: Venue) {
    this.#world = world;
    this.#venue = venue;
  }

  /** Cuts the way there, the way back or both for so long. */
  cut(ways: { readonly requests: boolean; readonly replies: boolean }, lastsUs: number): void {
    this.#cut = { ...ways, untilUs: this.#world.scheduler.nowUs + lastsUs };
  }

  /** Sends a command and waits for the answer as long as users do. */
  call(command: Command): Promise<Heard> {
    const { scheduler, random, scenario, counters } = this.#world;
    return new Promise((resolve) => {
      scheduler.after(PATIENCE_US, () => resolve('nothing'));
      const copies = this.#happens(scenario.messages.doubled) ? 2 : 1;
      if (copies === 2) counters.add('fault: request doubled');
      for (let copy = 0; copy < copies; copy++) {
        const number = ++this.#sent;
        if (this.#happens(scenario.messages.lost)) {
          counters.add('fault: request lost');
          continue;
        }
        if (this.#isCut('requests')) {
          counters.add('fault: partition before the venue');
          continue;
        }
        let travelUs = random.network.integer(...TRAVEL_US);
        if (this.#happens(scenario.messages.late)) {
          counters.add('fault: request late');
          travelUs += random.network.integer(...LATE_US);
        }
        const arrive = (): void => scheduler.spawn(() => this.#arrive(command, number, resolve));
        // A process that is paused takes it up when it goes on; one that ends before never does.
        scheduler.after(travelUs, () => scheduler.after(0, arrive, this.#venue.host));
      }
    });
  }

  async #arrive(command: Command, number: number, answer: (heard: Heard) => void): Promise<void> {
    const { scheduler, random, scenario, counters } = this.#world;
    if (number < this.#newestArrived) counters.add('fault: requests reordered');
    this.#newestArrived = Math.max(this.#newestArrived, number);
    const outcome = await this.#venue.submit(command);
    if (this.#happens(scenario.messages.lost)) {
      counters.add('fault: reply lost');
      return;
    }
    if (this.#isCut('replies')) {
      counters.add('fault: partition behind the venue');
      return;
    }
    scheduler.after(random.network.integer(...TRAVEL_US), () => answer(outcome));
  }

  #isCut(way: 'requests' | 'replies'): boolean {
    return !this.isHealed && this.#cut[way] && this.#world.scheduler.nowUs < this.#cut.untilUs;
  }

  #happens(perMille: number): boolean {
    return !this.isHealed && perMille > 0 && this.#world.random.network.chance(perMille, 1_000);
  }
}
