import type { Command } from '@openvenue/core';
import { SeededRandom, TestVenue } from '@openvenue/core/testing';
import { MemoryLogStorage, openMemoryLog } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import type { Committed, VenueNode } from './port.ts';
import { recover } from './recovery.ts';
import { Replica } from './replica.ts';
import { stateHash } from './state-hash.ts';
import { coreMachine } from './state-machine.ts';
import { lead, START_MS } from './testing/running-leader.ts';

const seed = 7;

/** A market of three users who trade at random, as commands. */
function marketCommands(): Command[] {
  const venue = new TestVenue();
  const random = new SeededRandom(seed);
  const below = (bound: number) => random.integer(0, bound - 1);
  const users = [1, 2, 3].map(() => venue.user('100000'));
  venue.price('50000');
  for (let i = 0; i < 150; i++) {
    const side = below(2) === 0 ? 'BUY' : 'SELL';
    const price = String(49_990 + below(20));
    venue.place(users[below(users.length)]!, { side, price, quantity: `0.0${1 + below(9)}` });
  }
  return venue.journal.map(({ command }) => command);
}

describe('sequencer over the venue core', () => {
  it('SEQ-19: live, replay, snapshot with tail and replica are one state of the venue, with the same replies and events', async () => {
    const storage = new MemoryLogStorage();
    const opened = openMemoryLog(storage);
    const running = await lead(opened, coreMachine, { snapshotEveryCommands: 40, limits: { maxBlockCommands: 5 } });
    const node: VenueNode = running.leader;
    const commands = marketCommands();
    for (const [i, command] of commands.entries()) {
      running.clock.now = START_MS + i * 10;
      const reply = node.submit(command);
      if (i % 7 === 0) await reply;
    }
    await running.leader.close();
    const committed = running.batches.flat();
    expect(committed.map(({ command }) => command)).toEqual(commands);
    expect(committed.filter(({ events }) => events.some(({ type }) => type === 'trade')).length).toBeGreaterThan(10);

    const live = stateHash(node.core);
    const options = { reader: opened.reader, snapshots: opened.snapshots, machine: coreMachine };
    const fromStart = await recover({ ...options, notBeyond: 0 });
    expect(fromStart).toMatchObject({ fromSnapshot: undefined, replayed: commands.length, timeMs: node.core.timeMs });
    expect(stateHash(fromStart.core)).toEqual(live);
    const fromSnapshot = await recover({ ...options, notBeyond: commands.length - 1 });
    expect(fromSnapshot.refusedSnapshots).toEqual([]);
    expect(fromSnapshot.replayed).toBeGreaterThan(0);
    expect(stateHash(fromSnapshot.core)).toEqual(live);

    const replica = new Replica({ core: coreMachine.empty(), reader: opened.reader });
    const replayed: Committed[] = [];
    for await (const batch of replica.advance(commands.length)) replayed.push(...batch);
    expect(replayed).toEqual(committed);
  });
});
