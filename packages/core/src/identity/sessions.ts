import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { MAX_REVOKED_SESSIONS_PER_USER } from './limits.ts';
import { OwnerIndex } from './owner-index.ts';
import { loadTokens, NO_TOKENS, type RefreshTokens, saveTokens } from './refresh-tokens.ts';

export interface Session {
  readonly sessionId: string;
  readonly userId: number;
  readonly revoked: boolean;
  /** An embedded terminal's: it reads and trades, nothing else. */
  readonly embed: boolean;
  readonly createdAtMs: number;
  /** The session ends then; a revoked one is forgotten. */
  readonly refreshExpiresAtMs: number;
  readonly ip: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly tokens: RefreshTokens;
}

/** Sessions that hold, and revoked ones for as long as somebody may still ask about them. */
export class Sessions {
  /** Open ones in the order of opening, revoked ones in the order of revocation; a restored index has the same orders. */
  readonly #byId = new Map<string, Session>();
  readonly #open = new OwnerIndex<string>();
  readonly #revoked = new OwnerIndex<string>();
  readonly #deadlines = new DeadlineQueue();

  get(sessionId: string): Session | undefined {
    return this.#byId.get(sessionId);
  }

  /** The user's sessions that hold, oldest first. */
  open(userId: number): readonly Session[] {
    const sessions: Session[] = [];
    for (const sessionId of this.#open.of(userId)) {
      const session = this.#byId.get(sessionId);
      if (session !== undefined) sessions.push(session);
    }
    return sessions;
  }

  add(session: Session): void {
    this.#byId.set(session.sessionId, session);
    this.#indexOf(session).add(session.userId, session.sessionId);
    this.#deadlines.set(session.sessionId, session.refreshExpiresAtMs);
  }

  /** A new record of an open session. */
  replace(session: Session): void {
    this.#byId.set(session.sessionId, session);
    this.#deadlines.set(session.sessionId, session.refreshExpiresAtMs);
  }

  /** Marks an open session as revoked. Above the limit the user's longest revoked session is forgotten. */
  revoke(session: Session): void {
    this.#remove(session);
    this.add({ ...session, revoked: true, tokens: NO_TOKENS });
    if (this.#revoked.count(session.userId) <= MAX_REVOKED_SESSIONS_PER_USER) return;
    const oldest = this.#byId.get(this.#revoked.oldest(session.userId) ?? '');
    if (oldest !== undefined) this.#remove(oldest);
  }

  /** Removes and returns a session whose end has come; undefined when there is none. */
  takeExpired(timeMs: number): Session | undefined {
    const due = this.#deadlines.takeDue(timeMs);
    if (due === undefined) return undefined;
    const session = this.#byId.get(due);
    if (session !== undefined) this.#remove(session);
    return session;
  }

  save(writer: StateWriter): void {
    writer.list(this.#byId.values(), (session) => {
      writer.text(session.sessionId);
      writer.uint(session.userId);
      writer.boolean(session.revoked);
      writer.boolean(session.embed);
      writer.uint(session.createdAtMs);
      writer.uint(session.refreshExpiresAtMs);
      writer.text(session.ip);
      writer.text(session.deviceId);
      writer.text(session.deviceName);
      saveTokens(writer, session.tokens);
    });
  }

  static load(reader: StateReader): Sessions {
    const sessions = new Sessions();
    reader.list(() =>
      sessions.add({
        sessionId: reader.text(),
        userId: reader.uint(),
        revoked: reader.boolean(),
        embed: reader.boolean(),
        createdAtMs: reader.uint(),
        refreshExpiresAtMs: reader.uint(),
        ip: reader.text(),
        deviceId: reader.text(),
        deviceName: reader.text(),
        tokens: loadTokens(reader),
      }),
    );
    return sessions;
  }

  #indexOf(session: Session): OwnerIndex<string> {
    return session.revoked ? this.#revoked : this.#open;
  }

  #remove(session: Session): void {
    this.#byId.delete(session.sessionId);
    this.#indexOf(session).remove(session.userId, session.sessionId);
    this.#deadlines.delete(session.sessionId);
  }
}
