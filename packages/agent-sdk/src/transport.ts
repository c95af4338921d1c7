import { AGENT_CODES } from './codes.ts';
import { type CallPlace, RefusedError } from './errors.ts';
import { type HttpOptions, type HttpResult, httpExchange } from './http-exchange.ts';
import { type Fields, signPayload } from './signing.ts';

/** Random bytes in a nonce. */
export const NONCE_BYTES = 16;

/** What came of one call. */
export type Answer =
  | { readonly kind: 'success'; readonly body: Readonly<Record<string, unknown>>; readonly place: CallPlace }
  | { readonly kind: 'refused'; readonly error: RefusedError }
  /** Nothing that follows the contract came back. `isRepeatable` is false where another try would meet the same fault. */
  | { readonly kind: 'unanswered'; readonly isRepeatable: boolean; readonly cause: Error; readonly place: CallPlace };

export interface TransportOptions extends HttpOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly agentCode: string;
  readonly apiSecret: string;
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export interface Transport {
  /** Signs and sends one call. On 6003 it reads the venue's clock and sends once more. Never throws for what the network does. */
  post(path: string, fields: Fields): Promise<Answer>;
  /** An unsigned call, whose answer has no `code`. */
  get(path: string): Promise<Answer>;
}

export function createTransport(options: TransportOptions): Transport {
  const { clock } = options;
  /** What to add to the machine's clock to have the venue's. */
  let offsetMs = 0;

  async function post(path: string, fields: Fields): Promise<Answer> {
    const result = await sendSigned(path, fields);
    const answer = classify(path, result);
    if (answer.kind !== 'refused' || answer.error.code !== AGENT_CODES.timestampOutsideWindow) return answer;
    const venueTimeMs = (result.arrived ? result.dateMs : undefined) ?? (await askTime());
    if (venueTimeMs === undefined) return answer;
    offsetMs = venueTimeMs - clock.now();
    return classify(path, await sendSigned(path, fields));
  }

  function sendSigned(path: string, fields: Fields): Promise<HttpResult> {
    const signed: Fields = {
      ...fields,
      agentCode: options.agentCode,
      timestamp: Math.floor((clock.now() + offsetMs) / 1000),
      nonce: Buffer.from(options.random(NONCE_BYTES)).toString('hex'),
    };
    const body = JSON.stringify({ ...signed, sign: signPayload(signed, options.apiSecret) });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    return httpExchange(`${options.baseUrl}${path}`, { method: 'POST', headers, body }, options);
  }

  async function get(path: string): Promise<Answer> {
    const headers = { accept: 'application/json' };
    const result = await httpExchange(`${options.baseUrl}${path}`, { method: 'GET', headers }, options);
    if (!result.arrived || !isTwoHundred(result.status) || result.body === undefined) return unusable(path, result);
    return { kind: 'success', body: result.body, place: { path, requestId: result.requestId } };
  }

  async function askTime(): Promise<number | undefined> {
    const answer = await get('/v1/time');
    const data = answer.kind === 'success' ? answer.body['data'] : undefined;
    const seconds = typeof data === 'object' && data !== null && 'timestamp' in data ? data.timestamp : undefined;
    return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined;
  }

  return { post, get };
}

function classify(path: string, result: HttpResult): Answer {
  if (!result.arrived || !isTwoHundred(result.status) || result.body === undefined) return unusable(path, result);
  const { code, message } = result.body;
  if (!Number.isSafeInteger(code) || typeof message !== 'string') return unusable(path, result);
  const place = { path, requestId: result.requestId };
  if (code === 0) return { kind: 'success', body: result.body, place };
  return { kind: 'refused', error: new RefusedError({ code: code as number, message }, place) };
}

function unusable(path: string, result: HttpResult): Answer {
  const place = { path, requestId: result.arrived ? result.requestId : '' };
  if (!result.arrived) return { kind: 'unanswered', isRepeatable: true, cause: result.cause, place };
  const cause = new Error(
    isTwoHundred(result.status) ? 'the answer does not have the form of the contract' : `HTTP status ${result.status}`,
  );
  const { status } = result;
  const isRepeatable = isTwoHundred(status) || status >= 500 || [408, 425, 429].includes(status);
  return { kind: 'unanswered', isRepeatable, cause, place };
}

function isTwoHundred(status: number): boolean {
  return status >= 200 && status < 300;
}
