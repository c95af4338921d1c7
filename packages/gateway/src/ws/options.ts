import type { IncomingMessage } from 'node:http';
import type { MemoryViews } from '@openvenue/views';
import type { Failure } from '../failure.ts';
import type { OrderEntry } from '../order-entry.ts';
import type { WsLimits } from './limits.ts';
import type { IdentityReads } from './private/credential.ts';
import type { UserReads } from './private/user-channels.ts';

/** Whom an access token stands for. */
export type TokenHolder =
  | { readonly ok: true; readonly userId: number; readonly sessionId: string }
  | Pick<Failure, 'ok' | 'error' | 'message'>;

export interface WebSocketOptions {
  /** Its core is read between commands only. */
  readonly node: { readonly core: { readonly exchange: UserReads; readonly identity: IdentityReads } };
  /** Follows the same node. */
  readonly views: MemoryViews;
  /** Unix milliseconds. */
  readonly clock: { nowMs(): number };
  readonly verifyAccessToken: (token: string) => Promise<TokenHolder>;
  /** Takes the orders of private connections; left out, they are refused. */
  readonly orders?: Pick<OrderEntry, 'call'>;
  /** Exact origins that a browser may connect from. A request without `Origin` is no browser's and passes. */
  readonly allowedOrigins: readonly string[];
  /** Source address of a request; the peer's own unless given. */
  readonly addressOf?: (request: IncomingMessage) => string;
  readonly limits?: Partial<WsLimits>;
  /** Takes errors that nobody expected; the connection concerned is gone by then. */
  readonly onError: (error: unknown) => void;
}
