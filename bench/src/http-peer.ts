import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import Fastify from 'fastify';

const SIGNED_QUERY = /^(.*)&signature=([0-9a-f]{64})$/;

/**
 * The least that a signed order can cost over Fastify: it checks the signature and echoes the order. A process of its own, which is sent the
 * secrets of the API keys and answers with the port.
 */
async function servePeer(): Promise<void> {
  const [secrets] = (await once(process, 'message')) as [Readonly<Record<string, string>>];
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/v1/private/order/place', async (request, reply) => {
    const target = request.raw.url ?? '';
    const [, payload, signature] = SIGNED_QUERY.exec(target.slice(target.indexOf('?') + 1)) ?? [];
    const body = request.body as Buffer;
    const secret = secrets[String(request.headers['x-api-key'])];
    if (payload === undefined || signature === undefined || secret === undefined)
      return reply.code(401).send({ code: 1003 });
    const digest = createHmac('sha256', secret).update(payload).update(body).digest();
    if (!timingSafeEqual(digest, Buffer.from(signature, 'hex'))) return reply.code(401).send({ code: 1003 });
    return { code: 0, message: 'success', data: JSON.parse(body.toString()) as unknown };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as { port: number }).port);
  process.once('disconnect', () => void app.close());
}

await servePeer();
