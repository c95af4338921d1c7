import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

export interface ProtectionOptions {
  readonly venueUrl: string;
  /** The site's own origins. */
  readonly origins: () => readonly string[];
}

/** Headers of every answer, and the refusal of requests that another site made the browser send. */
export function protect(app: FastifyInstance, { venueUrl, origins }: ProtectionOptions): void {
  const headers = {
    'content-security-policy': contentSecurityPolicy(venueUrl),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (origins().every((origin) => origin.startsWith('https:'))) {
      reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead && request.url.startsWith('/api/')) requireOwnOrigin(request, origins());
  });
}

/** The page runs its own code and the widget's script, and shows the venue's frame; nothing else. */
function contentSecurityPolicy(venueUrl: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${venueUrl}`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `frame-src ${venueUrl}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Browsers say where a POST comes from, and scripts cannot change it. A program that is no browser says nothing; it has no cookie of
 * anybody either.
 */
function requireOwnOrigin({ headers }: FastifyRequest, own: readonly string[]): void {
  const { origin } = headers;
  if (origin !== undefined) {
    if (!own.includes(origin)) throw new Problem('wrong_origin');
    return;
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem('wrong_origin');
}
