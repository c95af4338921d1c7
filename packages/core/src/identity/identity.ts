import type { Actor } from '../actor.ts';
import type { Rejected } from '../reject.ts';
import type { Reply } from '../reply.ts';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { createApiKey, deleteAllApiKeys, deleteApiKey, touchApiKeys, updateApiKey } from './api-key-commands.ts';
import type { ApiKey } from './api-keys.ts';
import { authorize } from './authorize.ts';
import type { IdentityCommand } from './command.ts';
import { endDue } from './endings.ts';
import { setFavoriteSymbols } from './favorite-symbol-commands.ts';
import { closeListenKey, createListenKey, renewListenKey } from './listen-key-commands.ts';
import type { ListenKey } from './listen-keys.ts';
import type { Need } from './permission.ts';
import { logOut, openSession, revokeAllSessions, rotateRefreshToken } from './session-commands.ts';
import type { Session } from './sessions.ts';
import { type Emit, emptyState, loadState, saveState, type Turn } from './state.ts';
import { createUser, renameUser, setPassword, setUserDisabled } from './user-commands.ts';
import type { User } from './users.ts';

/** Who may act: users, their sessions, API keys, listen keys, and the signatures already used. Records are never changed in place. */
export class Identity {
  #state = emptyState();

  /** Applies one command, after {@link expire} with the same time. Commands with an actor are authorised here, once. */
  apply(command: IdentityCommand, timeMs: number, emit: Emit): Reply {
    const turn: Turn = { state: this.#state, timeMs, emit };
    switch (command.type) {
      case 'create-user':
        return createUser(turn, command);
      case 'set-password':
        return setPassword(turn, command);
      case 'rename-user':
        return renameUser(turn, command);
      case 'set-user-disabled':
        return setUserDisabled(turn, command);
      case 'open-session':
        return openSession(turn, command);
      case 'rotate-refresh-token':
        return rotateRefreshToken(turn, command);
      case 'revoke-session':
        return logOut(turn, command);
      case 'revoke-all-sessions':
        return revokeAllSessions(turn, command);
      case 'create-api-key':
        return createApiKey(turn, command);
      case 'update-api-key':
        return updateApiKey(turn, command);
      case 'delete-api-key':
        return deleteApiKey(turn, command);
      case 'delete-all-api-keys':
        return deleteAllApiKeys(turn, command);
      case 'touch-api-keys':
        return touchApiKeys(turn, command);
      case 'create-listen-key':
        return createListenKey(turn, command);
      case 'renew-listen-key':
        return renewListenKey(turn, command);
      case 'close-listen-key':
        return closeListenKey(turn, command);
      case 'set-favorite-symbols':
        return setFavoriteSymbols(turn, command);
    }
  }

  /**
   * Says why the actor may not do this now, or undefined when he may; then his signature, if he has one, is used up. For
   * commands outside identity: once for each command, before its other checks.
   */
  authorize(actor: Actor, timeMs: number, need: Need): Rejected | undefined {
    return authorize(this.#state, { actor, timeMs, need });
  }

  /** Ends what is due at `timeMs`; called first in every command. O(1) when nothing is. */
  expire(timeMs: number, emit: Emit): void {
    endDue(this.#state, timeMs, emit);
  }

  userById(userId: number): User | undefined {
    return this.#state.users.get(userId);
  }

  /** Without regard to case. */
  userByName(username: string): User | undefined {
    return this.#state.users.byName(username);
  }

  userByExternalId(externalUserId: string): User | undefined {
    return this.#state.users.byExternalId(externalUserId);
  }

  /** All users by ascending id. */
  users(): IterableIterator<User> {
    return this.#state.users.all();
  }

  /** A session that holds or was revoked; undefined when it was never opened or its time is over. */
  session(sessionId: string): Session | undefined {
    return this.#state.sessions.get(sessionId);
  }

  /** The user's sessions that hold, oldest first. */
  openSessions(userId: number): readonly Session[] {
    return this.#state.sessions.open(userId);
  }

  apiKeyByText(apiKey: string): ApiKey | undefined {
    return this.#state.apiKeys.byText(apiKey);
  }

  /** The user's API keys, oldest first. */
  apiKeys(userId: number): readonly ApiKey[] {
    return this.#state.apiKeys.of(userId);
  }

  listenKey(listenKey: string): ListenKey | undefined {
    return this.#state.listenKeys.get(listenKey);
  }

  /** The symbols that the user has marked, in his own order. */
  favoriteSymbols(userId: number): readonly string[] {
    return this.#state.favoriteSymbols.of(userId);
  }

  save(writer: StateWriter): void {
    saveState(writer, this.#state);
  }

  /** Takes over the saved state in place of its own; throws, and keeps its own, when it is incomplete. */
  load(reader: StateReader): void {
    this.#state = loadState(reader);
  }
}
