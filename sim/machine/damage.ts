import type { SeededRandom } from '@openvenue/core/testing';
import type { SimulatedDisk } from './disk.ts';

export const FOLDER = '/log';
const SEGMENT = /^\/log\/(\d{20})\.log$/;
const SNAPSHOT = /^\/log\/snapshots\/(\d{20})\.snapshot$/;
const SECTOR_BYTES = 512;
const MOST_GARBAGE_BYTES = 64;

export type Damaged = 'segment' | 'snapshot' | 'head';
/** A bit is another, some bytes are others, a sector reads as zeros, the file ends early. */
export const DAMAGES = ['flip', 'garbage', 'zeros', 'truncation'] as const;
export type Damage = (typeof DAMAGES)[number];

/** A file that was damaged, and what it held before. */
export interface Harm {
  readonly what: Damaged;
  readonly how: Damage;
  readonly path: string;
  readonly before: Uint8Array;
  /** Sequence in the file's name, 0 for `head`. */
  readonly sequence: number;
}

/** Damages a file at rest; undefined when there is no such file. Of the segments only closed ones: the last may end torn. */
export function damage(disk: SimulatedDisk, what: Damaged, random: SeededRandom): Harm | undefined {
  const paths = disk.files.paths();
  const candidates =
    what === 'head'
      ? paths.filter((path) => path === `${FOLDER}/head`)
      : what === 'segment'
        ? paths.filter((path) => SEGMENT.test(path)).slice(0, -1)
        : paths.filter((path) => SNAPSHOT.test(path));
  if (candidates.length === 0) return undefined;
  // The newest snapshot is the one that a restart looks at first.
  const path = what === 'snapshot' && random.chance(3, 4) ? candidates.at(-1)! : random.pick(candidates);
  const before = disk.files.contentOf(path)!;
  if (before.length === 0) return undefined;
  // Cut short, both slots of `head` could be lost, and of two, as of every copy of anything, nothing can be read.
  const how = random.pick(what === 'head' ? DAMAGES.slice(0, 3) : DAMAGES);
  const after = damaged(before, how, random);
  if (Buffer.compare(before, after) === 0) return undefined;
  disk.files.put(path, after);
  const digits = (SEGMENT.exec(path) ?? SNAPSHOT.exec(path))?.[1];
  return { what, how, path, before, sequence: Number(digits ?? 0) };
}

function damaged(before: Uint8Array, how: Damage, random: SeededRandom): Uint8Array {
  const bytes = before.slice();
  const at = random.integer(0, bytes.length - 1);
  const sectorEnd = Math.min(bytes.length, at - (at % SECTOR_BYTES) + SECTOR_BYTES);
  switch (how) {
    case 'flip':
      bytes[at] = bytes[at]! ^ (1 << random.integer(0, 7));
      return bytes;
    case 'garbage': {
      const end = Math.min(sectorEnd, at + random.integer(1, MOST_GARBAGE_BYTES));
      for (let i = at; i < end; i++) bytes[i] = random.integer(0, 255);
      return bytes;
    }
    case 'zeros':
      return bytes.fill(0, at - (at % SECTOR_BYTES), sectorEnd);
    case 'truncation':
      return bytes.subarray(0, at);
  }
}

/** What an operator does who has a copy of the file. */
export function mend(disk: SimulatedDisk, { path, before }: Harm): void {
  disk.files.put(path, before);
}
