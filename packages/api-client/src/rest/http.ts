import type { HttpMethod } from '@openvenue/contract';
import type { Clock } from '../clock.ts';
import type { Refusal } from '../errors/api-error.ts';
import { type NoReplyReason, neverSent, OutcomeUnknownError, UnreachableError } from '../errors/no-reply.ts';

/** What the client asks of `fetch`. */
export interface FetchInit {
  readonly method: HttpMethod;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly credentials: 'omit' | 'same-origin' | 'include';
  readonly redirect: 'error';
  readonly cache: 'no-store';
}

/** What the client reads of a reply of `fetch`. */
export interface FetchReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** `fetch` of the platform, or one like it. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchReply>;

/** One request, ready to be sent. */
export interface HttpRequest {
  readonly operation: string;
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly body: string;
  readonly requestId: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What the venue has answered. */
export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly refusal: Refusal };

export interface HttpOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly credentials: FetchInit['credentials'];
}

/**
 * Sends one request and reads its envelope. Rejects with `OutcomeUnknownError` when a call that changes something has no
 * reply, with `UnreachableError` when nothing can have changed, and with the reason of the signal when a query is given up.
 */
export async function sendRequest({ fetch, clock, credentials }: HttpOptions, request: HttpRequest): Promise<Answer> {
  const { signal, timeoutMs, method, headers, body } = request;
  signal?.throwIfAborted();
  const controller = new AbortController();
  let isLate = false;
  const cancelTimer = clock.setTimer(timeoutMs, () => {
    isLate = true;
    controller.abort(new Error(`no reply within ${timeoutMs} ms`));
  });
  const giveUp = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', giveUp);
  try {
    const reply = await fetch(request.url, {
      method,
      headers: { ...headers },
      ...(body === '' ? {} : { body }),
      signal: controller.signal,
      credentials,
      redirect: 'error',
      cache: 'no-store',
    });
    return answerOf(request, reply, await reply.text());
  } catch (cause) {
    if (cause instanceof OutcomeUnknownError || cause instanceof UnreachableError) throw cause;
    if (signal?.aborted && method === 'GET') throw signal.reason;
    throw noReply(request, isLate ? 'timeout' : signal?.aborted ? 'aborted' : 'network', cause);
  } finally {
    cancelTimer();
    signal?.removeEventListener('abort', giveUp);
  }
}

function noReply(request: HttpRequest, reason: NoReplyReason, cause: unknown): OutcomeUnknownError | UnreachableError {
  const { operation, method, requestId } = request;
  const call = { operation, reason, requestId, cause };
  return method === 'GET' || neverSent(cause) ? new UnreachableError(call) : new OutcomeUnknownError(call);
}

function answerOf(request: HttpRequest, reply: FetchReply, text: string): Answer {
  const envelope = envelopeOf(text);
  if (envelope === undefined) {
    throw noReply(request, 'malformed', new Error(`HTTP ${reply.status} without an envelope of the venue`));
  }
  const { code, message, data = {}, requestId = '', details } = envelope;
  if (code === 0) return { ok: true, data };
  const retryAfterMs = retryAfterOf(reply.headers.get('retry-after'));
  return {
    ok: false,
    refusal: {
      code,
      message,
      requestId,
      ...(details === undefined ? {} : { details }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  };
}

type Envelope = Pick<Refusal, 'code' | 'message' | 'requestId' | 'details'> & { readonly data?: unknown };

function envelopeOf(text: string): Envelope | undefined {
  const value = jsonOf(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, message } = value as Partial<Record<keyof Envelope, unknown>>;
  return typeof code === 'number' && typeof message === 'string' ? (value as Envelope) : undefined;
}

/** The value of a JSON text; undefined for a text that is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function retryAfterOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
}
