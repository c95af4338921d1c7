import type { Clock } from './clock.ts';

/** Largest answer that is read, in bytes. */
export const MAX_REPLY_BYTES = 8 * 1024 * 1024;

/** A whole HTTP answer, or the fault that took its place. */
export type HttpResult =
  | {
      readonly arrived: true;
      readonly status: number;
      /** `undefined` when the text is not a JSON object. */
      readonly body: Readonly<Record<string, unknown>> | undefined;
      /** Unix milliseconds of the `Date` header. */
      readonly dateMs: number | undefined;
      readonly requestId: string;
    }
  | { readonly arrived: false; readonly cause: Error };

export interface HttpOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** From connecting to the last byte of the answer. */
  readonly timeoutMs: number;
}

/** One request and its whole answer within the time limit. Faults of the network are returned, not thrown. */
export async function httpExchange(url: string, init: RequestInit, options: HttpOptions): Promise<HttpResult> {
  const controller = new AbortController();
  const { promise: timedOut, reject } = Promise.withResolvers<never>();
  const cancelTimer = options.clock.setTimeout(() => {
    const timeout = new DOMException(`no answer within ${options.timeoutMs} ms`, 'TimeoutError');
    controller.abort(timeout);
    // A fetch that was handed in may not heed the signal.
    reject(timeout);
  }, options.timeoutMs);
  try {
    return await Promise.race([fetchWhole(url, { ...init, signal: controller.signal }, options.fetch), timedOut]);
  } catch (error) {
    return { arrived: false, cause: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    cancelTimer();
  }
}

async function fetchWhole(url: string, init: RequestInit, fetch: typeof globalThis.fetch): Promise<HttpResult> {
  // A redirected POST would be another call: a redirect is an answer like any other, and no usable one.
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const dateMs = Date.parse(response.headers.get('date') ?? '');
  return {
    arrived: true,
    status: response.status,
    body: parseObject(await readBounded(response)),
    dateMs: Number.isNaN(dateMs) ? undefined : dateMs,
    requestId: response.headers.get('x-request-id') ?? '',
  };
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_REPLY_BYTES) throw new Error(`the answer is larger than ${MAX_REPLY_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
