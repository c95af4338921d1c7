import type { PlaceOrderBody } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { BearerAuth } from '../auth/bearer-auth.ts';
import { FakeClock, FakeFetch, type FakeRequest } from '../testing/index.ts';
import { createApiClient } from './create-api-client.ts';
import { PLACE_SENDS_MAX } from './place-safely.ts';

const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000.50', quantity: '0.01' } as const;
const REPLY = { orderId: '1', clientOrderId: 'bot:1', status: 'PENDING', timestamp: 5 };
const STANDING = {
  ...ORDER,
  orderId: '1',
  clientOrderId: 'bot:1',
  positionSide: 'BOTH',
  price: '60000.5',
  status: 'PENDING',
  updatedAt: 5,
};

function scene(answers: readonly ((request: FakeRequest) => void)[], order: PlaceOrderBody) {
  const clock = new FakeClock();
  const bodies: Record<string, unknown>[] = [];
  const queue = [...answers];
  const venue = new FakeFetch((request) => {
    bodies.push(request.body as Record<string, unknown>);
    queue.shift()?.(request);
  });
  const auth = new BearerAuth(async () => ({ accessToken: 't', accessExpire: 4_000_000_000 }));
  const client = createApiClient({ baseUrl: 'https://venue.example', fetch: venue.fetch, clock, auth });
  const controller = new AbortController();
  const outcome = client.order.placeSafely(order, { signal: controller.signal }).catch((error: unknown) => error);
  return { clock, bodies, outcome, abort: () => controller.abort(new Error('stop')) };
}

const NAMED = { ...ORDER, clientOrderId: 'bot:1' };
const lost = (request: FakeRequest) => request.fail();
const known = (order: object) => (request: FakeRequest) => request.refuse(3015, { details: { order } });
const MINUTE_MS = 60_000;

describe('placing safely', () => {
  it('names an order that has no name, and repeats it with that', async () => {
    const { clock, bodies, outcome } = scene([lost, (request) => request.succeed(REPLY)], ORDER);
    await clock.advance(MINUTE_MS);
    expect(await outcome).toEqual(REPLY);
    expect(bodies).toHaveLength(2);
    expect(bodies[0]?.['clientOrderId']).toMatch(/^[0-9a-f]{32}$/);
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it('takes the order that a lost reply was about as placed', async () => {
    const { clock, outcome } = scene([lost, known(STANDING)], NAMED);
    await clock.advance(MINUTE_MS);
    expect(await outcome).toEqual(REPLY);
  });

  it('takes it as placed, too, when the venue had not known its outcome', async () => {
    const { clock, outcome } = scene([(request) => request.refuse(5002, { status: 503 }), known(STANDING)], NAMED);
    await clock.advance(MINUTE_MS);
    expect(await outcome).toEqual(REPLY);
  });

  it.each([
    ['another price', { price: '60001' }],
    ['another quantity', { quantity: '0.02' }],
    ['another side', { side: 'SELL' }],
    ['another symbol', { symbol: 'ETHUSDT' }],
  ])('does not take an older order with %s for it', async (_name, other) => {
    const { clock, outcome } = scene([lost, known({ ...STANDING, ...other })], NAMED);
    await clock.advance(MINUTE_MS);
    expect(await outcome).toMatchObject({ code: 3015 });
  });

  it('takes a name that was known before the first try as a mistake', async () => {
    const { outcome, bodies } = scene([known(STANDING)], NAMED);
    expect(await outcome).toMatchObject({ code: 3015, details: { order: { orderId: '1' } } });
    expect(bodies).toHaveLength(1);
  });

  it('comes back when a busy venue says so', async () => {
    const busy = (request: FakeRequest) => request.refuse(5003, { headers: { 'retry-after': '2' } });
    const { clock, bodies, outcome } = scene([busy, (request) => request.succeed(REPLY)], NAMED);
    await clock.advance(1_999);
    expect(bodies).toHaveLength(1);
    await clock.advance(1);
    expect(await outcome).toEqual(REPLY);
  });

  it('does not wait for minutes', async () => {
    const { outcome, bodies } = scene([(r) => r.refuse(5003, { headers: { 'retry-after': '60' } })], NAMED);
    expect(await outcome).toMatchObject({ code: 5003, retryAfterMs: 60_000 });
    expect(bodies).toHaveLength(1);
  });

  it(`gives up after ${PLACE_SENDS_MAX} tries, with the uncertainty of the first`, async () => {
    const unavailable = (request: FakeRequest) => request.refuse(5002, { status: 503 });
    const { clock, bodies, outcome } = scene([lost, ...Array(9).fill(unavailable)], NAMED);
    await clock.advance(MINUTE_MS);
    expect(await outcome).toMatchObject({ name: 'OutcomeUnknownError' });
    expect(bodies).toHaveLength(PLACE_SENDS_MAX);
  });

  it('passes a refusal on at once', async () => {
    const { outcome, bodies } = scene([(request) => request.refuse(3001)], NAMED);
    expect(await outcome).toMatchObject({ code: 3001 });
    expect(bodies).toHaveLength(1);
  });

  it('stops between two tries when it is given up, and says that the order may stand', async () => {
    const { clock, bodies, outcome, abort } = scene([lost], NAMED);
    await clock.advance(1);
    abort();
    expect(await outcome).toMatchObject({ name: 'OutcomeUnknownError' });
    await clock.advance(MINUTE_MS);
    expect(bodies).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });
});
