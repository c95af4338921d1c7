import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding, isKnownTag } from './content-encoding.ts';
import type { PageFile } from './page-files.ts';

const POLICY_HASH_LENGTH = 8;

/** Sends a file in the smallest form that the client takes, or says that the client has it. */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, headers }: { readonly file: PageFile; readonly headers: Readonly<Record<string, string>> },
): FastifyReply {
  const encoding = chooseEncoding(request.headers['accept-encoding'], (each) => file.compressed.has(each));
  const form = encoding === undefined ? '' : `-${encoding}`;
  // A page under another policy is another page: a browser does not take all headers of a 304 over.
  const policy = createHash('sha256').update(headers['content-security-policy'] ?? '');
  const etag = `"${file.hash}-${policy.digest('base64url').slice(0, POLICY_HASH_LENGTH)}${form}"`;
  void dropCors(reply).headers({ ...headers, etag });
  if (file.compressed.size > 0) void reply.header('vary', 'accept-encoding');
  if (isKnownTag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  if (encoding !== undefined) void reply.header('content-encoding', encoding);
  const body = encoding === undefined ? file.plain : (file.compressed.get(encoding) ?? file.plain);
  return reply.code(200).type(file.contentType).send(body);
}

/** The origins that may call the API have no business with the pages; and `*` may not stand beside credentials. */
export function dropCors(reply: FastifyReply): FastifyReply {
  for (const name of CORS_HEADERS) reply.removeHeader(name);
  return reply;
}

const CORS_HEADERS = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'vary',
];
