import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { ApiKeyRecord } from './event.ts';
import { OwnerIndex } from './owner-index.ts';

export interface ApiKey extends ApiKeyRecord {
  readonly userId: number;
  readonly sealedSecret: string;
  readonly createdAtMs: number;
  /** 0 before the first use. */
  readonly lastUsedAtMs: number;
}

/** What events may show of a key. */
export const publicPart = ({ id, apiKey, label, permissions, ipWhitelist, enabled }: ApiKey): ApiKeyRecord => ({
  id,
  apiKey,
  label,
  permissions,
  ipWhitelist,
  enabled,
});

/** API keys by id, by their text and by user. Ids count up from 1 and are never given twice. */
export class ApiKeys {
  #lastId = 0;
  readonly #byId = new Map<number, ApiKey>();
  readonly #idByText = new Map<string, number>();
  readonly #owned = new OwnerIndex<number>();

  get(id: number): ApiKey | undefined {
    return this.#byId.get(id);
  }

  byText(apiKey: string): ApiKey | undefined {
    const id = this.#idByText.get(apiKey);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  count(userId: number): number {
    return this.#owned.count(userId);
  }

  /** Oldest first. */
  of(userId: number): readonly ApiKey[] {
    const keys: ApiKey[] = [];
    for (const id of this.#owned.of(userId)) {
      const key = this.#byId.get(id);
      if (key !== undefined) keys.push(key);
    }
    return keys;
  }

  add(fields: Omit<ApiKey, 'id'>): ApiKey {
    const key = { id: ++this.#lastId, ...fields };
    this.#insert(key);
    return key;
  }

  replace(key: ApiKey): void {
    this.#byId.set(key.id, key);
  }

  remove(key: ApiKey): void {
    this.#byId.delete(key.id);
    this.#idByText.delete(key.apiKey);
    this.#owned.remove(key.userId, key.id);
  }

  save(writer: StateWriter): void {
    writer.uint(this.#lastId);
    writer.list(this.#byId.values(), (key) => {
      writer.uint(key.id);
      writer.uint(key.userId);
      writer.text(key.apiKey);
      writer.text(key.label);
      writer.uint(key.permissions);
      writer.list(key.ipWhitelist, (range) => writer.text(range));
      writer.text(key.sealedSecret);
      writer.boolean(key.enabled);
      writer.uint(key.createdAtMs);
      writer.uint(key.lastUsedAtMs);
    });
  }

  static load(reader: StateReader): ApiKeys {
    const keys = new ApiKeys();
    keys.#lastId = reader.uint();
    reader.list(() =>
      keys.#insert({
        id: reader.uint(),
        userId: reader.uint(),
        apiKey: reader.text(),
        label: reader.text(),
        permissions: reader.uint(),
        ipWhitelist: reader.list(() => reader.text()),
        sealedSecret: reader.text(),
        enabled: reader.boolean(),
        createdAtMs: reader.uint(),
        lastUsedAtMs: reader.uint(),
      }),
    );
    return keys;
  }

  #insert(key: ApiKey): void {
    this.#byId.set(key.id, key);
    this.#idByText.set(key.apiKey, key.id);
    this.#owned.add(key.userId, key.id);
  }
}
