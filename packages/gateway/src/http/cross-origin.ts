import type { FastifyCorsOptions } from '@fastify/cors';

const REPLY_HEADERS = [
  'x-request-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'retry-after',
];

/** What pages of the listed origins may do, and nobody else's. */
export const crossOriginOptions = (origins: readonly string[]): FastifyCorsOptions => ({
  origin: [...origins],
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'x-api-key', 'x-embed-origin', 'x-request-id'],
  exposedHeaders: REPLY_HEADERS,
  maxAge: 600,
  strictPreflight: false,
});

/** What a reply says of origins to whoever names none. Names and values in turn. */
export const NO_ORIGIN_HEADERS: readonly string[] = [
  'vary',
  'Origin',
  'access-control-allow-credentials',
  'true',
  'access-control-expose-headers',
  REPLY_HEADERS.join(', '),
];
