import { Core } from '@openvenue/core';
import { BTC, SeededRandom, TestVenue } from '@openvenue/core/testing';
import type { HistoryReplica, HistorySource, LoggedCommand } from '../../sql/worker/history-source.ts';

/** Blocks of this many commands, so that reads begin and end inside of them. */
const BLOCK_COMMANDS = 7;
const TRADERS = 3;

/** What a few traders do with each other for `rounds` rounds: orders that rest, trade and are canceled. The same for the same seed. */
export function tradedJournal(rounds: number, seed = 1): readonly LoggedCommand[] {
  const venue = new TestVenue([BTC]);
  const random = new SeededRandom(seed);
  venue.price('60000');
  const users = Array.from({ length: TRADERS }, () => venue.user('1000000'));
  for (let round = 0; round < rounds; round++) {
    const userId = random.pick(users);
    venue.timeMs += 10;
    if (random.chance(1, 10)) {
      venue.run({ type: 'cancel-all-orders', actor: { userId } });
      continue;
    }
    const price = String(random.integer(59_995, 60_005));
    const side = random.pick(['BUY', 'SELL'] as const);
    venue.place(userId, { side, price, quantity: `0.00${random.integer(1, 9)}` });
  }
  return venue.journal;
}

/** A real core whose history keeps everybody but the market makers. */
export function replicaOf(core: Core): HistoryReplica {
  return {
    get sequence() {
      return core.sequence;
    },
    apply: (sequence, timeMs, command) => core.apply(sequence, timeMs, command),
    keep: (userId) => core.identity.userById(userId)?.kind !== 'house',
    agentOf: (userId) => core.agency.binding(userId)?.agentId ?? 0,
  };
}

/** A log in memory. `snapshotSequence` is the state that replicas start from where it is early enough. */
export function journalSource(journal: readonly LoggedCommand[], snapshotSequence = 0): HistorySource {
  return {
    openReplica: async (atMostSequence) => {
      const core = new Core();
      if (snapshotSequence > atMostSequence) return replicaOf(core);
      for (const { sequence, timeMs, command } of journal.slice(0, snapshotSequence)) {
        core.apply(sequence, timeMs, command);
      }
      return replicaOf(Core.restore(core.snapshot()));
    },
    read: async function* (afterSequence, upTo) {
      const first = Math.floor(afterSequence / BLOCK_COMMANDS) * BLOCK_COMMANDS;
      for (let from = first; from < Math.min(upTo, journal.length); from += BLOCK_COMMANDS) {
        yield journal.slice(from, Math.min(from + BLOCK_COMMANDS, upTo));
      }
    },
    close: async () => {},
  };
}
