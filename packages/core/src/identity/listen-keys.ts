import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { OwnerIndex } from './owner-index.ts';

/** Opens the private stream of its user; it ends with the session or the API key that created it. */
export interface ListenKey {
  readonly listenKey: string;
  readonly userId: number;
  readonly expiresAtMs: number;
  /** The session that created it, '' for none. */
  readonly sessionId: string;
  /** The API key that created it, 0 for none. */
  readonly apiKeyId: number;
}

export class ListenKeys {
  /** In the order of creation. */
  readonly #byText = new Map<string, ListenKey>();
  readonly #owned = new OwnerIndex<string>();
  readonly #deadlines = new DeadlineQueue();

  get(listenKey: string): ListenKey | undefined {
    return this.#byText.get(listenKey);
  }

  /** Oldest first. */
  of(userId: number): readonly ListenKey[] {
    const keys: ListenKey[] = [];
    for (const text of this.#owned.of(userId)) {
      const key = this.#byText.get(text);
      if (key !== undefined) keys.push(key);
    }
    return keys;
  }

  add(key: ListenKey): void {
    this.replace(key);
    this.#owned.add(key.userId, key.listenKey);
  }

  replace(key: ListenKey): void {
    this.#byText.set(key.listenKey, key);
    this.#deadlines.set(key.listenKey, key.expiresAtMs);
  }

  remove(key: ListenKey): void {
    this.#byText.delete(key.listenKey);
    this.#owned.remove(key.userId, key.listenKey);
    this.#deadlines.delete(key.listenKey);
  }

  /** Removes and returns a key whose end has come; undefined when there is none. */
  takeExpired(timeMs: number): ListenKey | undefined {
    const due = this.#deadlines.takeDue(timeMs);
    if (due === undefined) return undefined;
    const key = this.#byText.get(due);
    if (key !== undefined) this.remove(key);
    return key;
  }

  save(writer: StateWriter): void {
    writer.list(this.#byText.values(), (key) => {
      writer.text(key.listenKey);
      writer.uint(key.userId);
      writer.uint(key.expiresAtMs);
      writer.text(key.sessionId);
      writer.uint(key.apiKeyId);
    });
  }

  static load(reader: StateReader): ListenKeys {
    const keys = new ListenKeys();
    reader.list(() =>
      keys.add({
        listenKey: reader.text(),
        userId: reader.uint(),
        expiresAtMs: reader.uint(),
        sessionId: reader.text(),
        apiKeyId: reader.uint(),
      }),
    );
    return keys;
  }
}
