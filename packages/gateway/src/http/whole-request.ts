import type { IncomingHttpHeaders } from 'node:http';

/** A request whose bytes are one chunk, no more and no less. */
export interface WholeRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** By name in small letters; each came once. */
  readonly headers: IncomingHttpHeaders;
}

/** Longer heads are left to the parser. */
export const HEAD_MAX_BYTES = 4_096;
const HEAD_END = '\r\n\r\n';
const REQUEST_LINE = /^([A-Z]+) (\/[!-~]*) HTTP\/1\.1$/;
const HEADER = /^([A-Za-z0-9-]+): ?([!-~](?:[ -~]*[!-~])?)$/;
const LENGTH = /^\d{1,9}$/;
const KEEP_ALIVE = 'keep-alive';
/** With one of these the next request may begin elsewhere, or be none. */
const NOT_PLAIN = ['transfer-encoding', 'expect', 'upgrade', 'trailer'];

/**
 * Reads a request of HTTP/1.1 from a chunk that holds it as a whole. Undefined for everything that is written in an unusual way: where the
 * parser could see another end of the request than this reader, nothing must rest on it.
 */
export function readWholeRequest(chunk: Buffer): WholeRequest | undefined {
  const headEnd = chunk.subarray(0, HEAD_MAX_BYTES).indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const [first = '', ...lines] = chunk.toString('latin1', 0, headEnd).split('\r\n');
  const [, method, target] = REQUEST_LINE.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers: Record<string, string> = Object.create(null);
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const known = name.toLowerCase();
    if (known in headers) return undefined;
    headers[known] = value;
  }
  const { host, connection = KEEP_ALIVE, 'content-length': length = '0' } = headers;
  if (host === undefined || connection.toLowerCase() !== KEEP_ALIVE || !LENGTH.test(length)) return undefined;
  if (NOT_PLAIN.some((name) => name in headers)) return undefined;
  return chunk.length === headEnd + HEAD_END.length + Number(length) ? { method, target, headers } : undefined;
}
