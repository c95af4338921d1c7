import { expect, test } from 'vitest';
import type { Block } from '../port.ts';
import { comparable, readAll } from '../testing/blocks.ts';
import { randomBelow, seededRandom } from '../testing/seeded-random.ts';
import { type Fault, SimulatedFileSystem } from '../testing/simulated-file-system.ts';
import { type FileLog, openFileLog } from './open-file-log.ts';

const SEEDS = 1000;
const CRASHES = 5;
const FOLDER = '/log';

class Crash extends Error {}

/** What must hold after every crash: acknowledged blocks are there, and nothing else but the one block in flight. */
class World {
  readonly #random: () => number;
  readonly #acknowledged: Block[] = [];
  #inFlight: Block | undefined;
  #savedSequence = 0;
  fileSystem = new SimulatedFileSystem();
  cuts = 0;
  kept = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  async run(): Promise<void> {
    for (let crash = 0; crash < CRASHES; crash++) {
      await this.#runUntilCrash();
      const isPowerCut = this.#random() < 0.7;
      this.fileSystem = isPowerCut ? this.fileSystem.afterPowerCut(this.#random) : this.fileSystem.afterKill();
    }
    const opened = await this.#open();
    await opened.close();
  }

  async #runUntilCrash(): Promise<void> {
    let left = randomBelow(this.#random, 60);
    const isFaultLasting = this.#random() < 0.5;
    const isAfterEffect = this.#random() < 0.5;
    this.fileSystem.inject = ({ kind, path }): Fault | undefined => {
      if (kind === 'lock') return undefined;
      if (left-- > 0) {
        // A slot of the head is one sector, which is written whole.
        const isShort = kind === 'write' && !path.endsWith('/head') && this.#random() < 0.2;
        return isShort ? { kind: 'short', bytes: 1 + randomBelow(this.#random, 700) } : undefined;
      }
      if (!isFaultLasting && left < -1) return undefined;
      return { kind: 'error', error: new Crash(), isAfterEffect };
    };
    try {
      const opened = await this.#open();
      for (;;) await this.#work(opened);
    } catch (error) {
      const isOurs = error instanceof Crash || (error instanceof Error && error.cause instanceof Crash);
      if (!isOurs) throw error;
    } finally {
      this.fileSystem.inject = () => undefined;
    }
  }

  async #open(): Promise<FileLog> {
    const { fileSystem } = this;
    const opened = await openFileLog(FOLDER, {
      fileSystem,
      segmentBytes: 8000,
      newLogId: () => new Uint8Array(16).fill(3),
    });
    const found = comparable(await readAll(opened.reader));
    const acknowledged = comparable(this.#acknowledged);
    expect(found.slice(0, acknowledged.length)).toEqual(acknowledged);
    if (opened.recovery.cutBytes > 0) this.cuts++;
    if (found.length > acknowledged.length) {
      this.kept++;
      expect(found).toEqual([...acknowledged, ...comparable(this.#inFlight === undefined ? [] : [this.#inFlight])]);
      this.#acknowledged.push(this.#inFlight!);
    }
    this.#inFlight = undefined;
    const [newest] = await opened.snapshots.list();
    expect(newest?.sequence ?? 0).toBeGreaterThanOrEqual(this.#savedSequence);
    if (newest !== undefined) expect(Number(Buffer.from(await newest.load()).toString())).toBe(newest.sequence);
    return opened;
  }

  async #work({ log, snapshots }: FileLog): Promise<void> {
    const { lastSequence } = log.head;
    if (lastSequence > this.#savedSequence && this.#random() < 0.1) {
      await snapshots.save({ sequence: lastSequence, bytes: Buffer.from(String(lastSequence)) });
      this.#savedSequence = lastSequence;
      return;
    }
    const isZeros = this.#random() < 0.2;
    const payload = new Uint8Array(randomBelow(this.#random, 2500));
    if (!isZeros) for (let i = 0; i < payload.length; i++) payload[i] = randomBelow(this.#random, 256);
    const block: Block = { firstSequence: lastSequence + 1, count: 1 + randomBelow(this.#random, 3), payload };
    this.#inFlight = block;
    await log.append(block);
    this.#acknowledged.push(block);
    this.#inFlight = undefined;
  }
}

test(`LOG-5: over ${SEEDS} seeds of ${CRASHES} crashes at any call, nothing acknowledged is lost and nothing is refused`, async () => {
  let cuts = 0;
  let kept = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const world = new World(seed);
    try {
      await world.run();
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
    cuts += world.cuts;
    kept += world.kept;
  }
  expect(cuts).toBeGreaterThan(SEEDS / 20);
  expect(kept).toBeGreaterThan(SEEDS / 20);
});
