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
  /** What is on it; default: nothing. */
  readonly files?: SimulatedFileSystem | undefined;
}

/** What is wrong with the disk at the moment. */
export interface DiskTrouble {
  isFull: boolean;
  /** Writes that were refused for want of room so far. */
  refusedForRoom: number;
  isSlow: boolean;
  /** Syncs and writes still to fail. */
  syncsToFail: number;
  writesToFail: number;
}

/** A call that a process has begun and not been answered. */
export interface DiskCall {
  readonly kind: 'open' | 'write' | 'sync' | 'truncate' | 'rename' | 'remove' | 'syncFolder' | 'makeFolder' | 'lock';
  readonly path: string;
  /** Whether it has been carried out. */
  readonly isEffective: boolean;
}

/** What a call is. */
export type CallName = Pick<DiskCall, 'kind' | 'path'>;

/** The one disk of a run: it outlives the processes that mount it, takes time, and does what the trouble says. */
export class SimulatedDisk {
  files: SimulatedFileSystem;
  readonly trouble: DiskTrouble = { isFull: false, refusedForRoom: 0, isSlow: false, syncsToFail: 0, writesToFail: 0 };
  /** Called as each call of a process begins, with the time it will take and, when it changes something, what it is. */
  onCall: (durationUs: number, name?: CallName) => void = () => undefined;
  readonly #options: DiskOptions;
  readonly #calls = new Map<DiskCall, Host>();
  /** Writes that were begun and have not been carried out. */
  readonly #writing = new Set<(share: number) => void>();

  constructor(options: DiskOptions) {
    this.#options = options;
    this.files = options.files ?? new SimulatedFileSystem();
    this.#arm();
  }

  /** The disk as this process sees it. */
  mount(host: Host): FileSystem {
    return {
      open: async (path, mode) => {
        const plain = mode === 'durable' ? 'update' : mode;
        const inner = await this.#call(host, { kind: 'open', path }, () => this.files.open(path, plain));
        const file = this.#file(inner, host, path);
        return mode === 'durable' ? writingDurably(file) : file;
      },
      list: (folder) => this.#look(host, 'name', () => this.files.list(folder)),
      makeFolder: (path) => this.#call(host, { kind: 'makeFolder', path }, () => this.files.makeFolder(path)),
      rename: (from, to) => this.#call(host, { kind: 'rename', path: to }, () => this.files.rename(from, to)),
      remove: (path) => this.#call(host, { kind: 'remove', path }, () => this.files.remove(path)),
      syncFolder: (path) => this.#call(host, { kind: 'syncFolder', path }, () => this.files.syncFolder(path)),
      lock: (path) => this.#call(host, { kind: 'lock', path }, () => this.files.lock(path)),
    };
  }

  /** The calls of a process that are in flight. */
  callsOf(host: Host): readonly DiskCall[] {
    return [...this.#calls].flatMap(([call, of]) => (of === host ? [call] : []));
  }

  /** The process was killed: what it had written is there, of what it was writing perhaps a part. */
  afterKill(): void {
    this.files.inject = () => undefined;
    for (const finish of this.#writing) finish(this.#options.random.integer(0, 1_000) / 1_000);
    this.#writing.clear();
    this.#calls.clear();
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
        trouble.refusedForRoom++;
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

  /** What changes nothing is seen as it is when the call returns. */
  async #look<T>(host: Host, cost: Cost, look: () => Promise<T>): Promise<T> {
    await this.#options.scheduler.sleep(this.#begin(cost), host);
    return look();
  }

  /** The effect comes somewhere between the call and its return, so a crash can come between the effect and the news of it. */
  async #call<T>(host: Host, name: CallName, effect: () => Promise<T>): Promise<T> {
    const { scheduler, random } = this.#options;
    const { kind } = name;
    const durationUs = this.#begin(
      kind === 'write' ? kind : kind === 'sync' || kind === 'syncFolder' ? 'sync' : 'name',
    );
    const effectAfterUs = random.integer(0, durationUs);
    const call = { ...name, isEffective: false };
    this.#calls.set(call, host);
    await scheduler.sleep(effectAfterUs, host);
    const [outcome] = await Promise.allSettled([effect()]);
    call.isEffective = true;
    await scheduler.sleep(durationUs - effectAfterUs, host);
    this.#calls.delete(call);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  /** A call begins; returns how long it will take, in microseconds. */
  #begin(cost: Cost, name?: CallName): number {
    const [least, most] = LATENCIES[cost];
    const durationUs = this.#options.random.integer(least, most) * (this.trouble.isSlow ? SLOW_FACTOR : 1);
    this.onCall(durationUs, name);
    return durationUs;
  }

  #file(inner: OpenFile, host: Host, path: string): OpenFile {
    const { random, hasShortTransfers } = this.#options;
    const isShort = () => hasShortTransfers && random.chance(1, 12);
    return {
      read: (into, position) => {
        const asked = isShort() ? into.subarray(0, random.integer(1, Math.max(1, into.length))) : into;
        return this.#look(host, 'read', () => inner.read(asked, position));
      },
      write: (bytes, position) => this.#write(inner, host, { path, bytes: bytes.slice(), position }),
      writeNow: (bytes, position) => inner.writeNow(bytes, position),
      size: () => this.#look(host, 'name', () => inner.size()),
      truncate: (bytes) => this.#call(host, { kind: 'truncate', path }, () => inner.truncate(bytes)),
      datasync: () => this.#call(host, { kind: 'sync', path }, () => inner.datasync()),
      sync: () => this.#call(host, { kind: 'sync', path }, () => inner.sync()),
      close: () => inner.close(),
    };
  }

  #write(
    inner: OpenFile,
    host: Host,
    { path, bytes, position }: { readonly path: string; readonly bytes: Uint8Array; readonly position: number },
  ): Promise<number> {
    const finish = (share: number): void => {
      const end = position + Math.floor(bytes.length * share);
      const part = bytes.subarray(0, Math.max(0, end - (end % SECTOR_BYTES) - position));
      if (part.length > 0) void inner.write(part, position);
    };
    this.#writing.add(finish);
    return this.#call(host, { kind: 'write', path }, () => {
      this.#writing.delete(finish);
      return inner.write(bytes, position);
    });
  }
}

/** One call to whoever makes it, and two on the way: what it wrote may be lost or found until it is synced, and so may the news of that. */
function writingDurably(file: OpenFile): OpenFile {
  return {
    ...file,
    write: async (bytes, position) => {
      const written = await file.write(bytes, position);
      await file.datasync();
      return written;
    },
  };
}
