import { context, INVALID_TRACEID, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const tracer = trace.getTracer('openvenue');

/**
 * Gives every request a span, and what it causes a place below it. Nothing is recorded until the operator loads an OpenTelemetry SDK
 * into the process. A span says what the log says: no headers, no bodies, no query strings.
 */
export function traceCalls(app: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER });
    if (!isTraced(span)) {
      done();
      return;
    }
    spans.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    if (span === undefined) return;
    const route = request.is404 ? '' : (request.routeOptions.url ?? '');
    span.updateName(`${request.method} ${route}`.trimEnd());
    span.setAttributes({
      'http.request.method': request.method,
      'http.route': route,
      'http.response.status_code': reply.statusCode,
      'openvenue.request_id': request.id,
    });
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}

/** A span around one stage of a call, from its start to its end, however it ends. */
export async function traced<T>(stage: string, run: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(stage);
  if (!isTraced(span)) return run();
  try {
    return await context.with(trace.setSpan(context.active(), span), run);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Without an SDK spans are all alike and of no trace; what is done for them would be done for nobody. */
const isTraced = (span: Span): boolean => span.spanContext().traceId !== INVALID_TRACEID;
