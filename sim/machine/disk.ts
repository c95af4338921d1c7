import type { SeededRandom } from '@openvenue/core/testing';
import type { FileSystem, OpenFile } from '@openvenue/log';
import { SimulatedFileSystem, systemError } from '@openvenue/log/testing';
import type { Counters } from './counters.ts';
import type { Host, Scheduler } from './scheduler.ts';

/** How long the calls take, in microseconds: least and most. */
const LATENCIES = {
  read: [5, 60],
  write: [5, 80],
  sync: [200, 4_000],
  name: [5, 100],
} as const;
type Cost = keyof typeof LATENCIES;

const SLOW_FACTOR = 60;
/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;
/** Its slots are written in place, each a sector: neither in parts nor for lack of space. */
const HEAD = '/head';

export interface DiskOptions {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly counters: Counters;
  readonly hasShortTransfers: boolean;
}

/** What is wrong with the disk at the moment. */
export interface DiskTrouble {
  isFull: boolean;
  isSlow: boolean;
  /** Syncs and writes still to fail. */
  syncsToFail: number;
  writesToFail: number;
}

/** The one disk of a run: it outlives the processes that mount it, takes time, and does what the trouble says. */
export class SimulatedDisk {
  files = new SimulatedFileSystem();
  readonly trouble: DiskTrouble = { isFull: false, isSlow: false, syncsToFail: 0, writesToFail: 0 };
  /** Called as each call of a process begins, with the time it will take. */
  onCall: (durationUs: number) => void = () => undefined;
  readonly #options: DiskOptions;
  /** Writes that were begun and have not been carried out. */
  readonly #writing = new Set<(share: number) => void>();

  constructor(options: DiskOptions) {
    this.#options = options;
    this.#arm();
  }

  /** The disk as this process sees it. */
  mount(host: Host): FileSystem {
    return {
      open: async (path, mode) => this.#file(await this.#name(host, () => this.files.open(path, mode)), host),
      list: (folder) => this.#name(host, () => this.files.list(folder)),
      makeFolder: (path) => this.#name(host, () => this.files.makeFolder(path)),
      rename: (from, to) => this.#name(host, () => this.files.rename(from, to)),
      remove: (path) => this.#name(host, () => this.files.remove(path)),
      syncFolder: (path) => this.#call(host, 'sync', () => this.files.syncFolder(path)),
      lock: (path) => this.#name(host, () => this.files.lock(path)),
    };
  }

  /** The process was killed: what it had written is there, of what it was writing perhaps a part. */
  afterKill(): void {
    this.files.inject = () => undefined;
    for (const finish of this.#writing) finish(this.#options.random.integer(0, 1_000) / 1_000);
    this.#writing.clear();
    this.files = this.files.afterKill();
    this.#arm();
  }

  /** The machine lost power: of all that was not synced, any part is there. */
  afterPowerCut(): void {
    this.afterKill();
    const before = this.files;
    this.files = before.afterPowerCut(() => this.#options.random.next32() / 2 ** 32);
    const isSame = (path: string): boolean =>
      Buffer.compare(before.contentOf(path) ?? new Uint8Array(0), this.files.contentOf(path) ?? new Uint8Array(0)) ===
      0;
    if (!before.paths().every(isSame)) this.#options.counters.add('fault: lost unsynced write');
    this.#arm();
  }

  #arm(): void {
    const { trouble } = this;
    const { random, counters, hasShortTransfers } = this.#options;
    this.files.inject = ({ kind, path }) => {
      if (kind === 'write' && trouble.isFull && !path.endsWith(HEAD)) {
        counters.add('fault: full disk');
        if (random.chance(1, 2)) return { kind: 'short', bytes: random.integer(1, 600) };
        return { kind: 'error', error: systemError('ENOSPC') };
      }
      if (kind === 'write' && trouble.writesToFail > 0) {
        trouble.writesToFail--;
        counters.add('fault: failed write');
        return { kind: 'error', error: systemError('EIO'), isAfterEffect: random.chance(1, 2) };
      }
      if (kind === 'sync' && trouble.syncsToFail > 0) {
        trouble.syncsToFail--;
        counters.add('fault: failed sync');
        return { kind: 'error', error: systemError('EIO'), isAfterEffect: random.chance(1, 4) };
      }
      if (kind === 'write' && hasShortTransfers && !path.endsWith(HEAD) && random.chance(1, 12)) {
        counters.add('fault: short write');
        return { kind: 'short', bytes: random.integer(1, 300) };
      }
      return undefined;
    };
  }

  #name<T>(host: Host, effect: () => Promise<T>): Promise<T> {
    return this.#call(host, 'name', effect);
  }

  /** The effect comes somewhere between the call and its return, so a crash can come between the effect and the news of it. */
  async #call<T>(host: Host, cost: Cost, effect: () => Promise<T>): Promise<T> {
    const { scheduler, random } = this.#options;
    const [least, most] = LATENCIES[cost];
    const durationUs = random.integer(least, most) * (this.trouble.isSlow ? SLOW_FACTOR : 1);
    this.onCall(durationUs);
    const effectAfterUs = random.integer(0, durationUs);
    await scheduler.sleep(effectAfterUs, host);
    const [outcome] = await Promise.allSettled([effect()]);
    await scheduler.sleep(durationUs - effectAfterUs, host);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  #file(inner: OpenFile, host: Host): OpenFile {
    const { random, hasShortTransfers } = this.#options;
    const isShort = () => hasShortTransfers && random.chance(1, 12);
    return {
      read: (into, position) => {
        const asked = isShort() ? into.subarray(0, random.integer(1, Math.max(1, into.length))) : into;
        return this.#call(host, 'read', () => inner.read(asked, position));
      },
      write: (bytes, position) => this.#write(inner, host, { bytes: bytes.slice(), position }),
      size: () => this.#call(host, 'name', () => inner.size()),
      truncate: (bytes) => this.#call(host, 'name', () => inner.truncate(bytes)),
      datasync: () => this.#call(host, 'sync', () => inner.datasync()),
      sync: () => this.#call(host, 'sync', () => inner.sync()),
      close: () => inner.close(),
    };
  }

  #write(
    inner: OpenFile,
    host: Host,
    { bytes, position }: { readonly bytes: Uint8Array; readonly position: number },
  ): Promise<number> {
    const finish = (share: number): void => {
      const end = position + Math.floor(bytes.length * share);
      const part = bytes.subarray(0, Math.max(0, end - (end % SECTOR_BYTES) - position));
      if (part.length > 0) void inner.write(part, position);
    };
    this.#writing.add(finish);
    return this.#call(host, 'write', () => {
      this.#writing.delete(finish);
      return inner.write(bytes, position);
    });
  }
}
