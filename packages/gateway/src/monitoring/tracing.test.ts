import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanStatus,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestGateway } from '../testing/venue.ts';

interface Recorded {
  name: string;
  readonly attributes: Attributes;
  status?: SpanStatus;
  ended: boolean;
}

const spans: Recorded[] = [];
let gateway: TestGateway;

/** A tracer that keeps what it is given: the least of what an SDK does. */
function recordingTracer(): Tracer {
  const startSpan = (name: string): Span => {
    const recorded: Recorded = { name, attributes: {}, ended: false };
    spans.push(recorded);
    const span: Span = {
      spanContext: () => ({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }),
      setAttribute: () => span,
      setAttributes: (attributes) => {
        Object.assign(recorded.attributes, attributes);
        return span;
      },
      addEvent: () => span,
      addLink: () => span,
      addLinks: () => span,
      setStatus: (status) => {
        recorded.status = status;
        return span;
      },
      updateName: (next) => {
        recorded.name = next;
        return span;
      },
      end: () => {
        recorded.ended = true;
      },
      isRecording: () => true,
      recordException: () => {},
    };
    return span;
  };
  return { startSpan, startActiveSpan: () => expect.unreachable('nobody uses it') };
}

beforeEach(async () => {
  spans.length = 0;
  trace.setGlobalTracerProvider({ getTracer: recordingTracer });
  gateway = await TestGateway.start();
});
afterEach(async () => {
  await gateway.close();
  trace.disable();
});

it('gives each call a span that says what the log says, and its commit one', async () => {
  const headers = { 'x-request-id': 'r-1', authorization: 'Bearer secret' };
  await gateway.app.inject({ method: 'GET', url: '/v1/public/market/depth?symbol=BTCUSDT&limit=5', headers });
  expect(spans).toEqual([
    {
      name: 'GET /v1/public/market/depth',
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/v1/public/market/depth',
        'http.response.status_code': 200,
        'openvenue.request_id': 'r-1',
      },
      ended: true,
    },
  ]);
  expect(context.active()).toBe(ROOT_CONTEXT);
});

it('says nothing of an unknown path but that it is one', async () => {
  await gateway.app.inject({ method: 'GET', url: '/v1/private/secret-of-mine' });
  expect(spans[0]).toMatchObject({ name: 'GET', attributes: { 'http.route': '', 'http.response.status_code': 404 } });
});

it('has a span for the commit of a command', async () => {
  const trader = await gateway.trader();
  expect(spans.every(({ ended }) => ended)).toBe(true);
  spans.length = 0;
  await gateway.call(trader, { method: 'POST', url: '/v1/private/user/listen-key' });
  expect(spans.map(({ name }) => name)).toEqual(['POST /v1/private/user/listen-key', 'commit']);
});
