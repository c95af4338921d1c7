import { openFileLog } from '@openvenue/log';
import { randomBelow, SimulatedFileSystem, seededRandom, systemError } from '@openvenue/log/testing';
import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from './errors.ts';
import type { Committed } from './port.ts';
import { recover } from './recovery.ts';
import { Replica } from './replica.ts';
import { stateHash } from './state-hash.ts';
import { deposit } from './testing/commands.ts';
import { leadTally, settle } from './testing/running-leader.ts';
import { TallyMachine, tallyMachine } from './testing/tally-machine.ts';

const FOLDER = '/log';
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);
const newLogId = () => new Uint8Array(16).fill(7);
const open = (fileSystem: SimulatedFileSystem) => openFileLog(FOLDER, { fileSystem, segmentBytes: 4096, newLogId });

/**
 * Commands arrive in bursts until the disk, at a call that the seed chooses, loses power or begins to fail with `code`. Returns the disks
 * as they are found after either, with what had been published by then.
 */
async function runUntilFault(seed: number, code: string) {
  const random = seededRandom(seed);
  const disk = new SimulatedFileSystem();
  const running = await leadTally(await open(disk), { snapshotEveryCommands: 20, limits: { maxBlockCommands: 8 } });
  const faultAtCall = 5 + randomBelow(random, 150);
  let calls = 0;
  let cut: { readonly disk: SimulatedFileSystem; readonly published: readonly Committed[] } | undefined;
  disk.inject = () => {
    if (calls++ < faultAtCall) return undefined;
    cut ??= { disk: disk.afterPowerCut(random), published: running.batches.flat() };
    return { kind: 'error', error: systemError(code), isAfterEffect: random() < 0.5 };
  };
  const outcomes: Awaited<ReturnType<typeof settle>>[number][] = [];
  while (running.leader.status === 'open') {
    const burst = Array.from({ length: 1 + randomBelow(random, 20) }, (_, i) => running.leader.submit(deposit(1, i)));
    outcomes.push(...(await settle(burst)));
  }
  await running.leader.close();
  const answered = outcomes.flatMap(({ committed }) => committed ?? []);
  const unknown = outcomes.filter(({ error }) => error instanceof OutcomeUnknownError).length;
  return { running, cut: cut!, killed: { disk: disk.afterKill(), published: answered }, unknown };
}

/** Everything published is in the log as it was published; the recovered state is that of the log; a new leader goes on behind it. */
async function checkRestart(disk: SimulatedFileSystem, published: readonly Committed[]): Promise<number> {
  const opened = await open(disk);
  const replica = new Replica({ core: new TallyMachine(), reader: opened.reader });
  const found: Committed[] = [];
  for await (const batch of replica.advance()) found.push(...batch);
  expect(found.slice(0, published.length)).toEqual(published);
  const { core } = await recover({ reader: opened.reader, snapshots: opened.snapshots, machine: tallyMachine });
  expect(stateHash(core)).toEqual(stateHash(replica.core));
  const { leader } = await leadTally(opened);
  expect((await leader.submit(deposit(9))).sequence).toBe(found.length + 1);
  await leader.close();
  await opened.close();
  return found.length;
}

describe('leader over a failing disk', () => {
  it('SEQ-2: after a power cut at any moment, everything published is found again', async () => {
    let published = 0;
    for (const seed of SEEDS) {
      const { cut } = await runUntilFault(seed, 'EIO');
      await checkRestart(cut.disk, cut.published);
      published += cut.published.length;
    }
    expect(published).toBeGreaterThan(SEEDS.length * 20);
  });

  it.each([
    { code: 'EIO', status: 'failed' },
    { code: 'ENOSPC', status: 'read-only' },
  ])(
    'SEQ-9: after $code at any moment, everything answered is found again, and at most the unknown besides',
    async ({ code, status }) => {
      let unknowns = 0;
      for (const seed of SEEDS) {
        const { running, killed, unknown } = await runUntilFault(seed, code);
        expect(running.leader.status).toBe(status);
        expect(running.failures.length + running.readOnly.length).toBe(1);
        const found = await checkRestart(killed.disk, killed.published);
        expect(found).toBeLessThanOrEqual(killed.published.length + unknown);
        unknowns += unknown;
      }
      expect(unknowns).toBeGreaterThan(SEEDS.length);
    },
  );
});
