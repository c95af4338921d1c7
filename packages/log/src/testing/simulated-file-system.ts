import { basename, dirname } from 'node:path';
import { LogLockedError } from '../errors.ts';
import type { FileLock, FileSystem, OpenFile, OpenMode } from '../file/file-system.ts';
import { SimulatedContent } from './simulated-file.ts';

/** One call to the simulated system. */
export interface Operation {
  readonly kind: 'open' | 'write' | 'truncate' | 'sync' | 'list' | 'rename' | 'remove' | 'syncFolder' | 'lock';
  readonly path: string;
}

/** What becomes of one call: an error instead of its effect, an error after it, or a write of fewer bytes. */
export type Fault =
  | { readonly kind: 'error'; readonly error: Error; readonly isAfterEffect?: boolean }
  | { readonly kind: 'short'; readonly bytes: number };

/** An error as the system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

interface Names {
  readonly shown: Map<string, SimulatedContent>;
  readonly durable: Map<string, SimulatedContent>;
}

/**
 * A file system in memory that forgets what was not synced. A failed sync drops what it was to write, as Linux does. Folders exist as soon
 * as they are named.
 */
export class SimulatedFileSystem implements FileSystem {
  /** Decides what becomes of each call. */
  inject: (operation: Operation) => Fault | undefined = () => undefined;
  readonly #folders = new Map<string, Names>();
  readonly #locks = new Set<string>();

  /** Content of a file as the system shows it; undefined when there is none. */
  contentOf(path: string): Uint8Array | undefined {
    return this.#content(path)?.shown.slice();
  }

  /** Replaces or, with undefined, removes a file behind the back of whoever uses it, durably. */
  put(path: string, bytes: Uint8Array | undefined): void {
    const { shown, durable } = this.#names(dirname(path));
    shown.delete(basename(path));
    durable.delete(basename(path));
    if (bytes === undefined) return;
    const content = new SimulatedContent(bytes.slice());
    shown.set(basename(path), content);
    durable.set(basename(path), content);
  }

  /** Paths of all files, sorted. */
  paths(): string[] {
    const all = [...this.#folders].flatMap(([folder, { shown }]) =>
      [...shown.keys()].map((name) => `${folder}/${name}`),
    );
    return all.sort();
  }

  /** A copy of all that is shown, as durable, without locks: a folder copied, or a disk after an orderly shutdown. */
  copy(): SimulatedFileSystem {
    const copied = new SimulatedFileSystem();
    for (const path of this.paths()) copied.put(path, this.contentOf(path));
    return copied;
  }

  /** The machine after the process was killed: what was written is still there, synced or not. */
  afterKill(): SimulatedFileSystem {
    const left = new SimulatedFileSystem();
    for (const [folder, names] of this.#folders) {
      left.#folders.set(folder, { shown: new Map(names.shown), durable: new Map(names.durable) });
    }
    return left;
  }

  /** The machine after a power cut: of what was not synced, any part may be there. */
  afterPowerCut(random: () => number): SimulatedFileSystem {
    const left = new SimulatedFileSystem();
    const contents = new Map<SimulatedContent, SimulatedContent>();
    for (const [folder, { shown, durable }] of this.#folders) {
      const names = left.#names(folder);
      for (const name of new Set([...shown.keys(), ...durable.keys()])) {
        const content = (random() < 0.5 ? shown : durable).get(name);
        if (content === undefined) continue;
        const surviving = contents.get(content) ?? content.afterPowerCut(random);
        contents.set(content, surviving);
        names.shown.set(name, surviving);
        names.durable.set(name, surviving);
      }
    }
    return left;
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    return this.#call({ kind: 'open', path }, () => {
      const { shown } = this.#names(dirname(path));
      if (mode === 'create') {
        const existing = shown.get(basename(path));
        if (existing === undefined) shown.set(basename(path), new SimulatedContent());
        else existing.truncate(0);
      }
      const content = this.#content(path);
      if (content === undefined) throw systemError('ENOENT');
      return mode === 'durable' ? this.#durableFile(path, content) : this.#file(path, content);
    });
  }

  async list(folder: string): Promise<readonly string[]> {
    return this.#call({ kind: 'list', path: folder }, () => [...this.#names(folder).shown.keys()]);
  }

  async makeFolder(path: string): Promise<void> {
    this.#names(path);
  }

  async rename(from: string, to: string): Promise<void> {
    return this.#call({ kind: 'rename', path: to }, () => {
      const content = this.#content(from);
      if (content === undefined) throw systemError('ENOENT');
      this.#names(dirname(from)).shown.delete(basename(from));
      this.#names(dirname(to)).shown.set(basename(to), content);
    });
  }

  async remove(path: string): Promise<void> {
    return this.#call({ kind: 'remove', path }, () => {
      if (!this.#names(dirname(path)).shown.delete(basename(path))) throw systemError('ENOENT');
    });
  }

  async syncFolder(path: string): Promise<void> {
    return this.#call({ kind: 'syncFolder', path }, () => {
      const { shown, durable } = this.#names(path);
      durable.clear();
      for (const [name, content] of shown) durable.set(name, content);
    });
  }

  async lock(path: string): Promise<FileLock> {
    return this.#call({ kind: 'lock', path }, () => {
      if (this.#locks.has(path)) throw new LogLockedError(path, process.pid);
      this.#locks.add(path);
      return {
        release: async () => {
          this.#locks.delete(path);
        },
      };
    });
  }

  #file(path: string, content: SimulatedContent): OpenFile {
    const sync = async () => {
      const fault = this.inject({ kind: 'sync', path });
      if (fault?.kind === 'error') {
        if (fault.isAfterEffect) content.sync();
        else content.failSync();
        throw fault.error;
      }
      content.sync();
    };
    const writeNow = (bytes: Uint8Array, position: number): number => {
      const fault = this.inject({ kind: 'write', path });
      if (fault?.kind === 'error' && !fault.isAfterEffect) throw fault.error;
      const part = fault?.kind === 'short' ? bytes.subarray(0, fault.bytes) : bytes;
      content.write(part, position);
      if (fault?.kind === 'error') throw fault.error;
      return part.length;
    };
    return {
      read: async (into, position) => {
        const part = content.shown.subarray(position, position + into.length);
        into.set(part);
        return part.length;
      },
      write: async (bytes, position) => writeNow(bytes, position),
      writeNow,
      size: async () => content.shown.length,
      truncate: async (bytes) => this.#call({ kind: 'truncate', path }, () => content.truncate(bytes)),
      datasync: sync,
      sync,
      close: async () => {},
    };
  }

  /** Each write is one that may fail, and a sync of what it wrote that may fail after it, in one call. */
  #durableFile(path: string, content: SimulatedContent): OpenFile {
    const file = this.#file(path, content);
    return {
      ...file,
      write: async (bytes, position) => {
        const written = await file.write(bytes, position);
        const fault = this.inject({ kind: 'sync', path });
        if (fault?.kind !== 'error' || fault.isAfterEffect) content.syncWritten(position, written);
        else content.failSync();
        if (fault?.kind === 'error') throw fault.error;
        return written;
      },
    };
  }

  #call<T>(operation: Operation, effect: () => T): T {
    const fault = this.inject(operation);
    if (fault?.kind !== 'error') return effect();
    if (fault.isAfterEffect && this.#isPossible(operation)) effect();
    throw fault.error;
  }

  /** Whether the call has an effect to come after: opening a file that does not exist has none. */
  #isPossible({ kind, path }: Operation): boolean {
    return kind !== 'open' || this.#content(path) !== undefined;
  }

  #content(path: string): SimulatedContent | undefined {
    return this.#names(dirname(path)).shown.get(basename(path));
  }

  #names(folder: string): Names {
    const existing = this.#folders.get(folder);
    if (existing !== undefined) return existing;
    const names: Names = { shown: new Map(), durable: new Map() };
    this.#folders.set(folder, names);
    return names;
  }
}
