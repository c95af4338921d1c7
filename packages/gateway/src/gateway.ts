import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import { JSON_BODY_LIMITS, TRANSPORT_FAILURES } from '@openvenue/contract';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { clientAddressOf } from './access/client-address.ts';
import { addAgentRoutes } from './agent/routes.ts';
import { fail } from './failure.ts';
import { failTransport, hideContentType, rawBodyOf } from './http/body.ts';
import { BrokenConnections } from './http/broken-connections.ts';
import { callRecordOf } from './http/call-record.ts';
import { crossOriginOptions } from './http/cross-origin.ts';
import { DirectCalls } from './http/direct-calls.ts';
import type { Endpoint } from './http/endpoint.ts';
import { ExcessOrders } from './http/excess-orders.ts';
import type { IncomingCall } from './http/incoming-call.ts';
import { Replier } from './http/reply.ts';
import { RequestIds } from './http/request-id.ts';
import { RequestServer } from './http/serve.ts';
import { failureOfFramework, UnknownPaths } from './http/transport.ts';
import type { OrderGate } from './limits/order-gate.ts';
import { type CallLine, logBug, logCalls } from './logging/call-log.ts';
import { addHealth } from './monitoring/health-routes.ts';
import { addMetrics } from './monitoring/metrics-route.ts';
import { traceCalls } from './monitoring/tracing.ts';
import type { GatewayOptions } from './options.ts';
import { addOrderEntry } from './order-entry.ts';
import { PageRoutes } from './pages/page-routes.ts';
import { addPages } from './pages/pages.ts';
import { addReference } from './pages/reference.ts';
import { endpoints } from './rest/endpoints.ts';
import { submit, type Venue, venueOf } from './venue.ts';

/** Time that a client has to send a whole request. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Silence after which a connection is closed, and the longer one between two requests of a client. */
const CONNECTION_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** How often the last uses of API keys are written. */
const KEY_USES_INTERVAL_MS = 60_000;

/** The Developer REST API, the Agent API and the pages over a running node. It does not listen yet; `app.server` takes the WebSocket. */
export async function buildGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const venue = venueOf(options);
  const { random, config, isReady = () => true } = options;
  const ids = new RequestIds(random);
  const replier = new Replier({ limits: venue.limits, clock: venue.clock, isSecure: config.secureCookies });
  const broken = new BrokenConnections(ids);
  const unknownPaths = new UnknownPaths(Object.values(endpoints).map(({ route }) => route));
  const app: FastifyInstance = Fastify({
    ...loggingOf(options.logger),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: JSON_BODY_LIMITS.maxLength,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    requestIdHeader: false,
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    genReqId: (request) => ids.of(request.headers['x-request-id']),
    clientErrorHandler: (error, socket) => broken.refuse(error, socket),
    serverFactory: (framework) =>
      serverOf((request, response) => {
        if (!direct.take(request, response)) framework(request, response);
      }),
    // What the router cannot read is a path that cannot be decoded.
    frameworkErrors: (_error, request, reply) => {
      void replier.send(request, reply, failTransport(TRANSPORT_FAILURES.unknownPath));
    },
  });

  const isSecure = config.secureCookies;
  const server = new RequestServer(venue);
  const shared = {
    venue,
    ids,
    addressOf: config.trustProxy.length === 0 ? peerAddressOf : clientAddressOf(config.trustProxy),
    onAnswered: (line: CallLine) => options.onAnswered?.(line),
  };
  const direct = new DirectCalls({
    ...shared,
    endpoints: Object.values(endpoints),
    server,
    excess: new ExcessOrders({ ...shared, isSecure }),
    replier,
    log: app.log,
  });
  app.addHook('preClose', async () => direct.close());
  const frameworkCalls = { server, replier, orderGate: venue.orderGate };

  broken.watch(app.server);
  // An expectation that is not known is one that may be passed over.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  traceCalls(app);
  logCalls(app, options.onAnswered);
  app.addHook('onRequest', async (request, reply) => {
    hideContentType(request);
    if (lacksHost(request.raw)) return replier.send(request, reply, failTransport(TRANSPORT_FAILURES.badRequest));
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    const refused = failureOfFramework(error);
    if (refused === undefined) logBug(request.log, error);
    const failure = refused !== undefined && request.is404 ? failTransport(TRANSPORT_FAILURES.unknownPath) : refused;
    return replier.send(request, reply, failure ?? fail('INTERNAL_ERROR'));
  });
  app.setNotFoundHandler((request, reply) => {
    const limit = venue.limits.takeOfAddress('public', request.ip, venue.clock.nowMs());
    callRecordOf(request).limit = limit;
    return replier.send(
      request,
      reply,
      limit.allowed ? unknownPaths.refuse(request.method, request.raw.url ?? '') : fail('RATE_LIMITED'),
    );
  });
  await app.register(cors, crossOriginOptions(config.corsOrigins));

  const withCookie = (endpoint: Endpoint): boolean => endpoint.route.refreshCookie !== undefined;
  for (const endpoint of Object.values(endpoints)) if (!withCookie(endpoint)) addRoute(app, frameworkCalls, endpoint);
  // Reading and writing cookies costs every request that passes by; few calls have one.
  await app.register(async (scope) => {
    await scope.register(cookie);
    for (const endpoint of Object.values(endpoints))
      if (withCookie(endpoint)) addRoute(scope, frameworkCalls, endpoint);
  });
  addOrderEntry(app, venue, (line) => options.onAnswered?.(line));
  addAgentRoutes(app, venue, config);
  const routes = new PageRoutes(app, { venue, replier });
  addReference(routes, venue, isSecure);
  if (options.pages !== undefined) addPages(app, options.pages, { venue, routes, isSecure });
  if (options.metrics !== undefined) addMetrics(app, options.metrics);
  addHealth(app, isReady);
  writeKeyUses(app, venue);
  return app;
}

/** RFC 9112 has every request of HTTP/1.1 name its host. */
const lacksHost = ({ httpVersion, headers }: IncomingMessage): boolean =>
  httpVersion === '1.1' && headers.host === undefined;

interface FrameworkCalls {
  readonly server: RequestServer;
  readonly replier: Replier;
  readonly orderGate: OrderGate;
}

function addRoute(app: FastifyInstance, { server, replier, orderGate }: FrameworkCalls, endpoint: Endpoint): void {
  const { method, path, rateLimit } = endpoint.route;
  app.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const refused = rateLimit === 'order' ? await orderGate.enter() : undefined;
      const answer = refused ?? (await server.answer(endpoint, frameworkCall(request, reply)));
      return replier.send(request, reply, answer);
    },
  });
}

function frameworkCall(request: FastifyRequest, reply: FastifyReply): IncomingCall {
  return {
    id: request.id,
    ip: request.ip,
    headers: request.headers,
    target: request.raw.url ?? '',
    body: rawBodyOf(request),
    record: callRecordOf(request),
    cookie: (name) => request.cookies[name],
    setCookie: (name, value, attributes) => void reply.setCookie(name, value, attributes),
  };
}

function serverOf(onRequest: RequestListener): Server {
  const server: Server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // It would be answered with a bare status; the gateway refuses it itself.
      requireHostHeader: false,
      // Whoever offers another protocol, such as HTTP/2, is served by this one.
      shouldUpgradeCallback: ({ headers }) =>
        headers.upgrade?.toLowerCase() === 'websocket' && server.listenerCount('upgrade') > 0,
    },
    onRequest,
  );
  server.setTimeout(CONNECTION_TIMEOUT_MS);
  return server;
}

const peerAddressOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';

function loggingOf(logger: GatewayOptions['logger']): Pick<FastifyServerOptions, 'logger' | 'loggerInstance'> {
  if (typeof logger === 'object' && 'child' in logger) return { loggerInstance: logger };
  return { logger: logger ?? false };
}

/** Writes the last uses of API keys now and then. What a stop or a refusal loses is a time shown in a list. */
function writeKeyUses(app: FastifyInstance, venue: Venue): void {
  const timer = setInterval(() => {
    const command = venue.keyUses.takeCommand();
    if (command === undefined) return;
    submit(venue, command).catch((error: unknown) =>
      app.log.error({ error: String(error) }, 'key uses were not written'),
    );
  }, KEY_USES_INTERVAL_MS);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
