import type { AgentCall, Route } from '@openvenue/contract';
import type { Sendable } from '../wire/pipeline.ts';

/** Whose contract holds for the answer. */
export type Contract =
  | { readonly kind: 'route'; readonly name: string; readonly route: Route }
  | { readonly kind: 'agent'; readonly name: string; readonly call: AgentCall }
  /** A path or a method that the venue does not have. */
  | { readonly kind: 'unknown-path' }
  /** A page, or something of which the contract says nothing. */
  | { readonly kind: 'other' };

/** One request and all that is to be known of it when it is answered. */
export interface HostileRequest extends Sendable {
  readonly contract: Contract;
  /** What is wrong with it, for people. */
  readonly mutation: string;
  /** Whether its credential is one that the venue takes for this call. */
  readonly isAuthentic: boolean;
  /** Whether its credential is one that the venue takes for no call, so that nobody may get in by it. */
  readonly mustFail?: boolean;
}

/** Header lines, without their ends. */
export type Headers = readonly string[];

/** The bytes of a request. */
export function requestBytes(line: { method: string; target: string }, headers: Headers, body?: Buffer): Buffer {
  const head = [`${line.method} ${line.target} HTTP/1.1`, 'Host: 127.0.0.1', ...headers];
  if (body === undefined) return Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  const isFramed = headers.some((header) => /^transfer-encoding:/i.test(header));
  if (!isFramed) head.push(`Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), isFramed ? chunked(body) : body]);
}

const CHUNK = 1_000;

function chunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += CHUNK) {
    const part = body.subarray(at, at + CHUNK);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
