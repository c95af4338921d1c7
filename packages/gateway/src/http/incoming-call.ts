import type { IncomingHttpHeaders } from 'node:http';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { CallRecord } from './call-record.ts';

/** A request as the way of a call sees it, whether it came through the framework or past it. */
export interface IncomingCall {
  /** Its `X-Request-ID`, or the one it was given. */
  readonly id: string;
  /** Source address after trusted proxies. */
  readonly ip: string;
  readonly headers: IncomingHttpHeaders;
  /** Path and query as they were sent. */
  readonly target: string;
  /** The body as it came; empty without one. */
  readonly body: Buffer;
  readonly record: CallRecord;
  /** Value of a cookie, undefined without. */
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string, attributes: CookieSerializeOptions): void;
}
