import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { MAX_USERS } from './limits.ts';

export interface User {
  /** Internal id; it never leaves the venue. */
  readonly userId: number;
  readonly username: string;
  readonly externalUserId: string;
  readonly displayName: string;
  /** '' when the user cannot sign in with a password. */
  readonly passwordHash: string;
  readonly kind: 'trader' | 'house';
  readonly disabledByVenue: boolean;
  readonly disabledByAgent: boolean;
  /** By either. */
  readonly disabled: boolean;
  readonly createdAtMs: number;
  /** 0 before the first session. */
  readonly lastLoginAtMs: number;
  readonly lastLoginIp: string;
}

/** A user as he is kept: whether he is disabled follows from the rest. */
export type UserFields = Omit<User, 'disabled'>;

/** Folds ASCII letters alone: other letters fold differently from one Unicode version to the next. */
const foldCase = (username: string): string => username.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** All users by their three names. Ids count up from 1; records are replaced, never changed in place. */
export class Users {
  readonly #limit: number;
  readonly #byId = new Map<number, User>();
  readonly #idByName = new Map<string, number>();
  readonly #idByExternalId = new Map<string, number>();

  constructor(limit = MAX_USERS) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.#byId.size >= this.#limit;
  }

  get(userId: number): User | undefined {
    return this.#byId.get(userId);
  }

  /** Without regard to case. */
  byName(username: string): User | undefined {
    return this.#find(this.#idByName, foldCase(username));
  }

  byExternalId(externalUserId: string): User | undefined {
    return this.#find(this.#idByExternalId, externalUserId);
  }

  /** By ascending id. */
  all(): IterableIterator<User> {
    return this.#byId.values();
  }

  add(fields: Omit<UserFields, 'userId'>): User {
    const user = this.replace({ userId: this.#byId.size + 1, ...fields });
    this.#idByName.set(foldCase(user.username), user.userId);
    this.#idByExternalId.set(user.externalUserId, user.userId);
    return user;
  }

  /** Takes over what changed of a user, but for his names. */
  replace(fields: UserFields): User {
    const user = { ...fields, disabled: fields.disabledByVenue || fields.disabledByAgent };
    this.#byId.set(user.userId, user);
    return user;
  }

  rename(user: User, username: string): void {
    this.#idByName.delete(foldCase(user.username));
    this.#idByName.set(foldCase(username), user.userId);
    this.replace({ ...user, username });
  }

  save(writer: StateWriter): void {
    writer.list(this.#byId.values(), (user) => {
      writer.text(user.username);
      writer.text(user.externalUserId);
      writer.text(user.displayName);
      writer.text(user.passwordHash);
      writer.boolean(user.kind === 'house');
      writer.boolean(user.disabledByVenue);
      writer.boolean(user.disabledByAgent);
      writer.uint(user.createdAtMs);
      writer.uint(user.lastLoginAtMs);
      writer.text(user.lastLoginIp);
    });
  }

  static load(reader: StateReader): Users {
    const users = new Users();
    reader.list(() =>
      users.add({
        username: reader.text(),
        externalUserId: reader.text(),
        displayName: reader.text(),
        passwordHash: reader.text(),
        kind: reader.boolean() ? 'house' : 'trader',
        disabledByVenue: reader.boolean(),
        disabledByAgent: reader.boolean(),
        createdAtMs: reader.uint(),
        lastLoginAtMs: reader.uint(),
        lastLoginIp: reader.text(),
      }),
    );
    return users;
  }

  #find(index: ReadonlyMap<string, number>, name: string): User | undefined {
    const userId = index.get(name);
    return userId === undefined ? undefined : this.#byId.get(userId);
  }
}
