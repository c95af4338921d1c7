import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';

/** Reads a request's source address as the REST side does: `X-Forwarded-For` counts as far as the proxies before it are trusted. */
export function clientAddressOf(trustProxy: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = proxyAddress.compile([...trustProxy]);
  return (request) => proxyAddress(request, isTrusted);
}
