import type { Core } from '@openvenue/core';
import { openFileLogReader } from '@openvenue/log';
import { coreMachine, Replica, recover } from '@openvenue/sequencer';
import { FOLDER } from './damage.ts';
import { Host } from './scheduler.ts';
import type { Venue } from './venue.ts';
import type { World } from './world.ts';

const REST_US = [20_000, 900_000] as const;

/** A second process on the machine: a replica that reads the log beside its writer, over the writer's ends and starts. */
export class Follower {
  readonly #world: World;
  readonly #venue: Pick<Venue, 'state'>;
  #host = new Host();
  #isStarted = false;
  isOver = false;

  constructor(world: World, venue: Pick<Venue, 'state'>) {
    this.#world = world;
    this.#venue = venue;
  }

  /** Ends the process and starts another; does nothing before the first start. */
  restart(): void {
    if (this.#isStarted) this.start();
  }

  /** Starts a process; the one before is gone. */
  start(): void {
    const { scheduler } = this.#world;
    this.#isStarted = true;
    this.#host.isAlive = false;
    const host = new Host();
    this.#host = host;
    scheduler.spawn(() => this.#follow(host));
  }

  async #follow(host: Host): Promise<void> {
    const { disk, note } = this.#world;
    // After a power cut `head` may be behind the log until a writer has opened it: who starts before reads too little.
    do await this.#rest(host);
    while (this.#venue.state !== 'up');
    const reader = await openFileLogReader(FOLDER, { fileSystem: disk.mount(host) });
    const { core } = await recover({ reader, snapshots: reader.snapshots, machine: coreMachine });
    note(`follower from ${core.sequence}`);
    const replica = new Replica({ core, reader });
    while (!this.isOver) {
      await this.#advance(replica);
      await this.#rest(host);
    }
    await reader.close();
  }

  async #advance(replica: Replica<Core>): Promise<void> {
    const { witness, counters, note } = this.#world;
    const before = replica.core.sequence;
    for await (const batch of replica.advance()) for (const committed of batch) witness.followed(committed);
    if (replica.core.sequence > before) note(`follower at ${replica.core.sequence}`);
    if (replica.core.sequence !== witness.core.sequence) return;
    witness.checkState(replica.core);
    counters.add('met: follower in step');
  }

  #rest(host: Host): Promise<void> {
    const { scheduler, random } = this.#world;
    return scheduler.sleep(random.follower.integer(...REST_US), host);
  }
}
