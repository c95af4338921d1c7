import { MemoryLogStorage, openMemoryLog } from '@openvenue/log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Committed } from './port.ts';
import { recover } from './recovery.ts';
import { stateHash } from './state-hash.ts';
import { anyCommand } from './testing/commands.ts';
import { leadTally, START_MS } from './testing/running-leader.ts';
import { tallyMachine } from './testing/tally-machine.ts';

const turn = fc.record({
  commands: fc.array(anyCommand, { minLength: 1, maxLength: 6 }),
  clockMs: fc.integer({ min: -50, max: 50 }),
  isWaitedFor: fc.boolean(),
});
const life = fc.record({ turns: fc.array(turn, { maxLength: 6 }), isClosedCleanly: fc.boolean() });
const limits = fc.record({
  maxBlockCommands: fc.integer({ min: 1, max: 7 }),
  maxBlockBytes: fc.integer({ min: 400, max: 1000 }),
});

describe('replay', () => {
  it('SEQ-19: live, replay and snapshot with tail are one state, over restarts, clock jumps and all sizes of blocks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 1, maxLength: 4 }),
        limits,
        fc.integer({ min: 1, max: 9 }),
        async (lives, leaderLimits, snapshotEveryCommands) => {
          const storage = new MemoryLogStorage();
          const committed: Committed[] = [];
          for (const { turns, isClosedCleanly } of lives) {
            const opened = openMemoryLog(storage);
            const running = await leadTally(opened, { limits: leaderLimits, snapshotEveryCommands });
            const replies: Promise<Committed>[] = [];
            for (const { commands, clockMs, isWaitedFor } of turns) {
              running.clock.now = START_MS + clockMs;
              replies.push(...commands.map((command) => running.leader.submit(command)));
              if (isWaitedFor) await Promise.all(replies);
            }
            committed.push(...(await Promise.all(replies)));
            if (isClosedCleanly) await running.leader.close();
            expect(running.batches.flat()).toEqual(committed.slice(-replies.length || committed.length));
            const options = { reader: opened.reader, snapshots: opened.snapshots, machine: tallyMachine };
            const live = stateHash(running.leader.core);
            expect(stateHash((await recover(options)).core)).toEqual(live);
            expect(stateHash((await recover({ ...options, notBeyond: 0 })).core)).toEqual(live);
            await opened.close();
          }
          expect(committed.map(({ sequence }) => sequence)).toEqual(committed.map((_, i) => i + 1));
        },
      ),
      { numRuns: 60 },
    );
  });
});
