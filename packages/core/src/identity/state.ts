import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { ApiKeys } from './api-keys.ts';
import type { IdentityEvent } from './event.ts';
import { FavoriteSymbols } from './favorite-symbols.ts';
import { ListenKeys } from './listen-keys.ts';
import { Sessions } from './sessions.ts';
import { Signatures } from './signatures.ts';
import { Users } from './users.ts';

export interface IdentityState {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly listenKeys: ListenKeys;
  readonly signatures: Signatures;
  readonly favoriteSymbols: FavoriteSymbols;
}

export type Emit = (event: IdentityEvent) => void;

/** One command's turn: what it works on, when, and where its events go. */
export interface Turn {
  readonly state: IdentityState;
  readonly timeMs: number;
  readonly emit: Emit;
}

export const emptyState = (): IdentityState => ({
  users: new Users(),
  sessions: new Sessions(),
  apiKeys: new ApiKeys(),
  listenKeys: new ListenKeys(),
  signatures: new Signatures(),
  favoriteSymbols: new FavoriteSymbols(),
});

export function saveState(writer: StateWriter, state: IdentityState): void {
  state.users.save(writer);
  state.sessions.save(writer);
  state.apiKeys.save(writer);
  state.listenKeys.save(writer);
  state.signatures.save(writer);
  state.favoriteSymbols.save(writer);
}

export const loadState = (reader: StateReader): IdentityState => ({
  users: Users.load(reader),
  sessions: Sessions.load(reader),
  apiKeys: ApiKeys.load(reader),
  listenKeys: ListenKeys.load(reader),
  signatures: Signatures.load(reader),
  favoriteSymbols: FavoriteSymbols.load(reader),
});
