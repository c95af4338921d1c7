import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallTable, callTable } from './call-tables.ts';
import { faultsOf, faultsOfSuccess } from './check-shape.ts';

/** Fields of a request. */
export type Request = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: what the table says has been checked, and tests read it as any client does
export type Reply = Readonly<Record<string, any>>;

/** Where a partner's back end calls, and as whom. */
export interface Access {
  readonly url: string;
  /** `` or `/agent`. */
  readonly prefix: string;
  readonly agentCode: string;
  readonly apiSecret: string;
}

const BUSY = 6904;
const QUOTA_USED_UP = 6905;
const BUSY_PAUSE_MS = 150;
const BUSY_TRIES = 200;
/** Every code that a refusal of the Agent API may carry. */
const CODES = [6001, 6002, 6003, 6004, 6009, 6101, 6102, 6103, 6104, 6105, 6904, 6905, 102001, 102002, 102003];

/** A reply that a strict client does not take. */
export class StrictError extends Error {
  override readonly name = 'StrictError';
}

/** A client that refuses whatever the contract's tables do not say, to the letter. */
export class StrictAgent {
  readonly access: Access;

  constructor(access: Access) {
    this.access = access;
  }

  /** A call that must succeed. @returns the reply, every field of which has been checked */
  async succeed(name: string, request: Request = {}): Promise<Reply> {
    const table = callTable(name);
    const reply = await this.#patiently(() => this.send(table, this.sign(request)));
    const faults = reply['code'] === 0 ? faultsOfSuccess(reply, table, request) : [`refused: ${JSON.stringify(reply)}`];
    if (faults.length > 0) throw new StrictError(`${name}: ${faults.join('; ')}`);
    return reply;
  }

  /** A call that must succeed. @returns its body, whose nonce is taken now */
  async succeedOnce(name: string, request: Request): Promise<string> {
    let body = '';
    const reply = await this.#patiently(() => {
      body = this.sign(request);
      return this.send(callTable(name), body);
    });
    if (reply['code'] !== 0) throw new StrictError(`${name}: refused: ${JSON.stringify(reply)}`);
    return body;
  }

  /** A call that must be refused. `signing` replaces signing fields. @returns the code */
  async refusal(name: string, request: Request = {}, signing: Request = {}): Promise<number> {
    return this.refusalOf(name, () => this.sign(request, signing));
  }

  /** The refusal of a body that is made anew for every try. @returns the code */
  async refusalOf(name: string, body: () => string): Promise<number> {
    const reply = await this.#patiently(() => this.send(callTable(name), body()));
    const faults = faultsOf(reply, { code: 'integer', message: 'text' });
    if (faults.length > 0) throw new StrictError(`${name}: ${faults.join('; ')}`);
    if (!CODES.includes(reply['code'])) throw new StrictError(`${name}: ${JSON.stringify(reply)} has an unknown code`);
    return reply['code'];
  }

  /** The text of a signed body. `signing` replaces signing fields, `sign` itself included. */
  sign(request: Request, signing: Request = {}): string {
    const { sign, ...others } = signing;
    const fields: Request = {
      ...request,
      agentCode: this.access.agentCode,
      timestamp: Math.floor(Date.now() / 1_000),
      nonce: randomBytes(12).toString('base64url'),
      ...others,
    };
    const parts = Object.entries(fields)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    const hex = createHmac('sha256', this.access.apiSecret).update(parts.join('&'), 'utf8').digest('hex');
    return JSON.stringify({ ...fields, sign: sign ?? hex });
  }

  /** Sends a body as it is. @returns the reply, whose outside has been checked */
  async send(table: CallTable, body: string): Promise<Reply> {
    const requestId = randomBytes(6).toString('hex');
    const response = await fetch(`${this.access.url}${this.access.prefix}${table.path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Request-ID': requestId },
      body,
    });
    return readStrictly(response, requestId);
  }

  /** The one call that is not signed, and has no code. */
  async version(): Promise<Reply> {
    const reply = readStrictly(await fetch(`${this.access.url}${this.access.prefix}/version`));
    const text = 'text or empty';
    const faults = faultsOf(await reply, { service: 'text', version: 'text', commit: text, date: text });
    if (faults.length > 0) throw new StrictError(`version: ${faults.join('; ')}`);
    return reply;
  }

  /** What was not recorded may be repeated. */
  async #patiently(act: () => Promise<Reply>): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const reply = await act();
      if (![BUSY, QUOTA_USED_UP].includes(reply['code']) || attempt === BUSY_TRIES) return reply;
      await sleep(BUSY_PAUSE_MS);
    }
  }
}

/** The body of a reply that is 200, names its request, and holds one JSON object without a fraction or exponent. */
async function readStrictly(response: Response, requestId?: string): Promise<Reply> {
  const text = await response.text();
  const fail = (what: string): never => {
    throw new StrictError(`${response.url} ${what}: ${response.status} ${text.slice(0, 200)}`);
  };
  if (response.status !== 200) fail('is no 200');
  if (!/^application\/json\b/.test(response.headers.get('content-type') ?? '')) fail('is not said to be JSON');
  const named = response.headers.get('x-request-id');
  if (named === null || !/^[A-Za-z0-9._:-]{1,128}$/.test(named)) fail('has no X-Request-ID');
  if (requestId !== undefined && named !== requestId) fail(`answers ${requestId} as ${named}`);
  // Amounts are texts: a number with a point in it has lost its way into the reply.
  const outsideTexts = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (/\d[.eE]/.test(outsideTexts)) fail('has a number with a fraction or exponent');
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) fail('is no object');
  return body as Reply;
}
