import { promises as dns, type LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isGlobalAddress } from './global-address.ts';

/** A whole delivery, from the look-up of the name to the end of the reply's head. */
const TIMEOUT_MS = 10_000;

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of a delivery; `reason` is fit for a log and for the agent to read. */
export type PostResult =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly reason: string };

export interface PostOptions {
  /** For receivers on the operator's own network, and for demos: checks of the address are left out. */
  readonly allowPrivateAddresses?: boolean;
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  readonly timeoutMs?: number;
}

/**
 * Sends a body to a URL. The name is resolved once, every address must be a public one, and the connection goes to an address
 * that was checked; redirects are failures, and the reply's body is not read.
 */
export async function post(message: PostRequest, options: PostOptions = {}): Promise<PostResult> {
  const url = new URL(message.url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused(`${url.protocol} is not http or https`);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const address = await addressOf(url.hostname, options, signal);
    if (typeof address === 'string') return refused(address);
    return await send({ message, url, address, signal });
  } catch (error) {
    return refused(signal.aborted ? `no reply within ${timeoutMs} ms` : describe(error));
  }
}

async function addressOf(hostname: string, options: PostOptions, signal: AbortSignal): Promise<LookupAddress | string> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const resolve = options.resolve ?? ((name: string) => dns.lookup(name, { all: true }));
  const family = isIP(host);
  const found = family === 0 ? await Promise.race([resolve(host), rejection(signal)]) : [{ address: host, family }];
  const first = found[0];
  if (first === undefined) return `${host} has no address`;
  const forbidden =
    options.allowPrivateAddresses === true ? undefined : found.find(({ address }) => !isGlobalAddress(address));
  return forbidden === undefined ? first : `${host} has the address ${forbidden.address}, which is not a public one`;
}

function send(delivery: {
  message: PostRequest;
  url: URL;
  address: LookupAddress;
  signal: AbortSignal;
}): Promise<PostResult> {
  const { message, url, address, signal } = delivery;
  const body = Buffer.from(message.body, 'utf8');
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = start(url, {
      method: 'POST',
      agent: false,
      signal,
      // The look-up that counts is done: the connection goes where the check was.
      lookup: (_host, options, done) =>
        options.all === true ? done(null, [address]) : done(null, address.address, address.family),
      headers: {
        ...message.headers,
        'content-type': 'application/json',
        'content-length': body.length,
        connection: 'close',
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      resolve(status >= 200 && status < 300 ? { ok: true, status } : refused(`answered ${status}`));
    });
    request.end(body);
  });
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}

const refused = (reason: string): PostResult => ({ ok: false, reason });

const describe = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
