import type { SeededRandom } from '@openvenue/core/testing';
import type { SimulatedDisk } from './disk.ts';

export const FOLDER = '/log';
const SEGMENT = /^\/log\/(\d{20})\.log$/;
const SNAPSHOT = /^\/log\/snapshots\/(\d{20})\.snapshot$/;

export type Damaged = 'segment' | 'snapshot' | 'head';

/** A file of which one bit was flipped, and what it held before. */
export interface Flip {
  readonly what: Damaged;
  readonly path: string;
  readonly before: Uint8Array;
  /** Sequence in the file's name, 0 for `head`. */
  readonly sequence: number;
}

/** Flips one bit of a file at rest; undefined when there is no such file. Of the segments only closed ones: the last may end torn. */
export function flipBit(disk: SimulatedDisk, what: Damaged, random: SeededRandom): Flip | undefined {
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
  const bytes = before.slice();
  const at = random.integer(0, bytes.length - 1);
  bytes[at] = bytes[at]! ^ (1 << random.integer(0, 7));
  disk.files.put(path, bytes);
  const digits = (SEGMENT.exec(path) ?? SNAPSHOT.exec(path))?.[1];
  return { what, path, before, sequence: Number(digits ?? 0) };
}

/** What an operator does who has a copy of the file. */
export function mend(disk: SimulatedDisk, { path, before }: Flip): void {
  disk.files.put(path, before);
}
