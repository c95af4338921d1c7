import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleBlock } from '../testing/blocks.ts';
import { openAndRead } from '../testing/damage-outcome.ts';
import { randomBelow, seededRandom } from '../testing/seeded-random.ts';
import { openFileLog } from './open-file-log.ts';

const FLIPS = 120;
const BLOCKS = 300;
let folder: string;
let segments: string[];
let bytes = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openvenue-log-'));
  const random = seededRandom(20);
  const opened = await openFileLog(folder, { segmentBytes: 512 * 1024 });
  for (let i = 0; i < BLOCKS; i++) {
    const shape = { count: 1 + randomBelow(random, 50), bytes: randomBelow(random, 20_000) };
    await opened.log.append(exampleBlock(opened.log.head.lastSequence + 1, shape));
  }
  await opened.close();
  segments = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  for (const name of segments) bytes += (await stat(join(folder, name))).size;
});

afterAll(() => rm(folder, { recursive: true }));

/** Changes one byte, and gives back how to undo it. */
async function flip(
  path: string,
  at: { readonly position: number; readonly mask: number },
): Promise<() => Promise<void>> {
  const file = await open(path, 'r+');
  const before = Buffer.alloc(1);
  await file.read(before, 0, 1, at.position);
  await file.write(Uint8Array.of(before[0]! ^ at.mask), 0, 1, at.position);
  return async () => {
    await file.write(before, 0, 1, at.position);
    await file.close();
  };
}

test(`LOG-12: ${FLIPS} random flips in a log of some MB are damage, each at or before the flipped byte`, async () => {
  expect(bytes).toBeGreaterThan(2_500_000);
  expect(segments.length).toBeGreaterThan(4);
  const random = seededRandom(11);
  for (let i = 0; i < FLIPS; i++) {
    const file = segments[randomBelow(random, segments.length)]!;
    const path = join(folder, file);
    const position = randomBelow(random, (await stat(path)).size);
    const undo = await flip(path, { position, mask: 1 + randomBelow(random, 255) });
    const outcome = await openAndRead(folder, {});
    await undo();
    expect(outcome, `flip ${i} at ${position} of ${file}`).toMatchObject({ kind: 'damage', file });
    if (outcome.kind === 'damage') {
      expect(outcome.offset).toBeLessThanOrEqual(position);
      expect(outcome.offset).toBeGreaterThan(position - 20_100);
    }
  }
  const outcome = await openAndRead(folder, {});
  expect(outcome).toMatchObject({ kind: 'opened', cutBytes: 0 });
  if (outcome.kind === 'opened') expect(outcome.blocks.length).toBe(BLOCKS);
});
