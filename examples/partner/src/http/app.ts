import cookie from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import { Problem } from './problem.ts';

/** Largest body of a request of the page, in bytes. */
export const MAX_BODY_BYTES = 16 * 1024;
/** Longest time that a request may take to arrive, in milliseconds. */
export const REQUEST_MS = 15_000;

export interface AppOptions {
  readonly logLevel: 'warn' | 'silent';
  readonly trustProxy: readonly string[];
}

/** The web server without its routes: what bodies it reads and how it answers errors. */
export async function createApp({ logLevel, trustProxy }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
  });
  await app.register(cookie);
  const parseJson = app.getDefaultJsonParser('error', 'error');
  // Forms of other sites can send text and form bodies without asking; JSON they cannot.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, {});
    parseJson(request, body as string, done);
  });
  app.addHook('preValidation', async (request) => {
    if (request.method === 'POST' && request.body === undefined) request.body = {};
  });
  app.setNotFoundHandler(() => {
    throw new Problem('not_found');
  });
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const { status, code, message } = describe(error, request.log);
    return reply.code(status).send({ error: { code, message } });
  });
  return app;
}

function describe(error: FastifyError | Problem, log: FastifyBaseLogger) {
  if (error instanceof Problem) return error;
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('not_json');
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, code: 'bad_request', message: error.message };
  log.error({ err: error }, 'a request failed');
  return { status: 500, code: 'internal', message: 'Something is wrong on our side.' };
}
