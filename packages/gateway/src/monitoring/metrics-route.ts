import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where the measurements come from, and who may read them. */
export interface MetricsSource {
  /** Of the text, such as that of the Prometheus format. */
  readonly contentType: string;
  text(): Promise<string>;
  /** What a reader sends as `Authorization: Bearer`. Without one only a program on this very machine may read. */
  readonly token?: string;
}

/** Serves `/metrics`. To whoever may not read it there is no such path. */
export function addMetrics(app: FastifyInstance, source: MetricsSource): void {
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, source.token)) return refuse(reply);
    return reply
      .header('cache-control', 'no-store')
      .type(source.contentType)
      .send(await source.text());
  });
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return isLocal(request);
  const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token));
}

/** A proxy on this machine makes every request local, so one that was passed on is not. */
function isLocal(request: FastifyRequest): boolean {
  const wasPassedOn = PASSED_ON.some((name) => request.headers[name] !== undefined);
  return !wasPassedOn && isLoopback(request.raw.socket.remoteAddress ?? '');
}

const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}

function refuse(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
