import type { ErrorName } from '@openvenue/contract';
import { type ConnectQuery, connectQueryValidator, errorOf, type Problem, readQuery } from '@openvenue/contract';
import type { WebSocketOptions } from './options.ts';
import { type Credential, endByTime, type IdentityReads } from './private/credential.ts';

/** What a connection asked for in its query came to. */
export type SignIn =
  | { readonly kind: 'public' }
  | {
      readonly kind: 'private';
      readonly credential: Credential;
      readonly externalUserId: string;
      readonly since?: string;
    }
  | { readonly kind: 'refused'; readonly error: ErrorName; readonly message: string }
  | { readonly kind: 'malformed'; readonly problem: Problem };

type SignInOptions = Pick<WebSocketOptions, 'node' | 'clock' | 'verifyAccessToken'>;

/**
 * Reads the query of a connection and finds whose it is. With both, the listen key counts. Who has lost his credential and sends an
 * empty one does not want a public connection, on which he would wait for his events.
 */
export async function signIn(query: URLSearchParams, options: SignInOptions): Promise<SignIn> {
  const credentials = [...query.getAll('listenKey'), ...query.getAll('token')];
  if (credentials.length > 0 && credentials.every((each) => each === '')) return refused('UNAUTHENTICATED');
  const read = readQuery(connectQueryValidator, rawQueryOf(query));
  if (!read.ok) return { kind: 'malformed', problem: read.problem };
  const { listenKey, token, since } = read.value;
  const found = listenKey === undefined ? await byToken(token, options) : byListenKey(listenKey, options);
  return found.kind === 'private' && since !== undefined ? { ...found, since } : found;
}

async function byToken(
  token: ConnectQuery['token'],
  { node, clock, verifyAccessToken }: SignInOptions,
): Promise<SignIn> {
  if (token === undefined) return { kind: 'public' };
  const holder = await verifyAccessToken(token);
  if (!holder.ok) return refused(holder.error, holder.message);
  const { identity } = node.core;
  const session = identity.session(holder.sessionId);
  if (session === undefined || session.refreshExpiresAtMs <= clock.nowMs()) return refused('TOKEN_EXPIRED');
  if (session.revoked) return refused('TOKEN_REVOKED');
  const { userId, sessionId } = session;
  return privateOf({ userId, sessionId, listenKey: '', apiKeyId: 0 }, identity);
}

function byListenKey(text: string, { node, clock }: SignInOptions): SignIn {
  const { identity } = node.core;
  const key = identity.listenKey(text);
  if (key === undefined) return refused('INVALID_TOKEN');
  const { userId, sessionId, listenKey, apiKeyId } = key;
  const credential = { userId, sessionId, listenKey, apiKeyId };
  if (endByTime(credential, identity, clock.nowMs()) !== undefined) return refused('INVALID_TOKEN');
  return privateOf(credential, identity);
}

function privateOf(credential: Credential, identity: IdentityReads): SignIn {
  const user = identity.userById(credential.userId);
  if (user === undefined || user.disabled) return refused('TOKEN_REVOKED');
  return { kind: 'private', credential, externalUserId: user.externalUserId };
}

const refused = (error: ErrorName, message = errorOf(error).message): SignIn => ({ kind: 'refused', error, message });

function rawQueryOf(query: URLSearchParams): Record<string, string | string[]> {
  const raw: Record<string, string | string[]> = {};
  for (const name of ['listenKey', 'token', 'since']) {
    const values = query.getAll(name);
    if (values.length > 0) raw[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return raw;
}
