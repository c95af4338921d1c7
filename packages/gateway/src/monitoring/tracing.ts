import {
  context,
  INVALID_TRACEID,
  ProxyTracerProvider,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
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
  if (!isTracing()) return run();
  const span = tracer.startSpan(stage);
  try {
    return await context.with(trace.setSpan(context.active(), span), run);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Whether an SDK has been loaded, so that somebody reads what is traced. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== NOBODY;
}

/** What stands in for an SDK until there is one. */
const NOBODY = new ProxyTracerProvider().getDelegate();

/** Without an SDK spans are all alike and of no trace; what is done for them would be done for nobody. */
const isTraced = (span: Span): boolean => span.spanContext().traceId !== INVALID_TRACEID;
