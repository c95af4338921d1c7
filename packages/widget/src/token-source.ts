import { LIMITS, type SetTimer } from '@openvenue/bridge';
import { askProvider } from './provider.ts';
import type { EmbedToken, TokenProvider, TokenReason, TokenRequest, WidgetError } from './types.ts';

interface TokenSourceOptions {
  readonly setTimer: SetTimer;
  /** What the provider is told, as of the moment it is called. */
  request(reason: TokenReason): TokenRequest;
  onToken(token: EmbedToken): void;
  onFailure(error: WidgetError & { readonly code: 'token_provider_missing' | 'token_provider_failed' }): void;
}

export interface TokenSource {
  /** Calls the provider; while a call runs, further requests share its result. */
  request(reason: TokenReason): void;
  /** From now on this provider answers, also the request that runs or that found none. */
  setProvider(provider: TokenProvider | undefined): void;
  /** Nothing is called or reported any more. */
  stop(): void;
}

/** Gets tokens from the partner's page, one call at a time. */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  let provider: TokenProvider | undefined;
  let running = false;
  let stopped = false;
  let unanswered: TokenReason | undefined;

  const run = async (reason: TokenReason): Promise<void> => {
    const asked = provider;
    if (asked === undefined) {
      running = false;
      unanswered = reason;
      options.onFailure({ code: 'token_provider_missing', message: 'there is no tokenProvider to ask for a token' });
      return;
    }
    const call = async (): Promise<EmbedToken> => readToken(await asked(options.request(reason)));
    const answer = await askProvider('tokenProvider', call, options.setTimer);
    if (stopped) return;
    // The result of a provider that was replaced meanwhile may be another user's.
    if (asked !== provider) return run(reason);
    running = false;
    if ('error' in answer) options.onFailure(answer.error);
    else options.onToken(answer.value);
  };
  const request = (reason: TokenReason): void => {
    if (running || stopped) return;
    running = true;
    unanswered = undefined;
    void run(reason);
  };

  return {
    request,
    setProvider: (next) => {
      provider = next;
      if (unanswered !== undefined) request(unanswered);
    },
    stop: () => {
      stopped = true;
    },
  };
}

function readToken(value: unknown): EmbedToken {
  const { embedToken, expireAt } = Object(value) as Record<string, unknown>;
  if (typeof embedToken !== 'string' || embedToken === '' || embedToken.length > LIMITS.embedToken) {
    throw new TypeError('it returned no embedToken');
  }
  if (!Number.isSafeInteger(expireAt)) throw new TypeError('it returned no expireAt in Unix seconds');
  return { embedToken, expireAt: expireAt as number };
}
