import { describe, expect, it } from 'vitest';
import type { WebhookEvent } from './event.ts';
import { createMemoryNonceStore } from './nonce-store.ts';
import { webhookSignature } from './signature.ts';
import {
  MAX_WEBHOOK_BODY_BYTES,
  signTestWebhook,
  type VerifyWebhookOptions,
  verifyWebhook,
  WebhookRejectedError,
} from './verify.ts';

const NOW_MS = 1_769_676_656_000;
/** Signatures made with Python: `hmac.new(secret, timestamp + nonce + body, sha256)`. */
const BODY =
  '{"event":"transfer.completed","orderType":"transfer","orderId":9007199254740991,"orderNo":"A-1","targetStatus":"SUCCESS","direction":"IN","transferMode":"FIXED_AMOUNT","currency":"USDT","amount":"10","agentCode":"acme","agentUserId":"Zoë","platformUserId":"1188041528","failReason":"","createdAt":"2026-01-29T08:50:56.000Z","completedAt":"2026-01-29T08:50:56.120Z"}';
const SIGNATURE = '635ba62d50ac8e4a095c6e63fb9523740d1654a9f7754c0ef875102e61c69070';
const SECOND_SIGNATURE = '4da559e0d37398265dc1e37abde527ef8826fa5c70ac8be0a5a146096590fa62';
const HEADERS = { 'x-agent-timestamp': '1769676656', 'x-agent-nonce': 'nonce-1', 'x-agent-signature': SIGNATURE };
const EVENT = JSON.parse(BODY) as WebhookEvent;

function delivery(changes: Partial<VerifyWebhookOptions> = {}): VerifyWebhookOptions {
  const seenNonces = createMemoryNonceStore();
  return { headers: HEADERS, rawBody: BODY, secrets: ['hook-secret'], seenNonces, now: () => NOW_MS, ...changes };
}

function fault(name: string): unknown {
  return expect.objectContaining({ constructor: WebhookRejectedError, fault: name });
}

/** A delivery of any body, rightly signed. */
function signed(rawBody: string | Uint8Array): VerifyWebhookOptions {
  const signature = webhookSignature({ timestamp: '1769676656', nonce: 'nonce-1', rawBody }, 'hook-secret');
  return delivery({ rawBody, headers: { ...HEADERS, 'x-agent-signature': signature } });
}

describe('a webhook', () => {
  it.each([
    ['a string', BODY],
    ['bytes', Buffer.from(BODY)],
  ])('is verified over %s, with its key', async (_title, rawBody) => {
    expect(await verifyWebhook(delivery({ rawBody }))).toEqual({
      event: EVENT,
      idempotencyKey: 'transfer:9007199254740991:SUCCESS',
    });
  });

  it('is verified from fetch headers and from headers in any case', async () => {
    await verifyWebhook(delivery({ headers: new Headers(HEADERS) }));
    const headers = { 'X-Agent-Timestamp': '1769676656', 'X-Agent-Nonce': ['nonce-1'], 'X-AGENT-SIGNATURE': SIGNATURE };
    await verifyWebhook(delivery({ headers }));
  });

  it('is verified under either of two secrets', async () => {
    const secrets = ['hook-secret', 'hook-secret-2'];
    await verifyWebhook(delivery({ secrets }));
    await verifyWebhook(delivery({ secrets: ['hook-secret-2', 'hook-secret'] }));
    await verifyWebhook(delivery({ secrets, headers: { ...HEADERS, 'x-agent-signature': SECOND_SIGNATURE } }));
  });

  it.each([
    ['another secret', { secrets: ['hook-secret-2'] }],
    ['an upper-case signature', { headers: { ...HEADERS, 'x-agent-signature': SIGNATURE.toUpperCase() } }],
    ['a shorter signature', { headers: { ...HEADERS, 'x-agent-signature': SIGNATURE.slice(2) } }],
    ['no hex', { headers: { ...HEADERS, 'x-agent-signature': 'z'.repeat(64) } }],
    ['another timestamp', { headers: { ...HEADERS, 'x-agent-timestamp': '1769676657' } }],
    ['another nonce', { headers: { ...HEADERS, 'x-agent-nonce': 'nonce-2' } }],
    ['white space after the body', { rawBody: `${BODY}\n` }],
    ['a body parsed and written anew', { rawBody: JSON.stringify(EVENT, null, 1) }],
  ])('with %s has a wrong signature', async (_title, changes: Partial<VerifyWebhookOptions>) => {
    await expect(verifyWebhook(delivery(changes))).rejects.toEqual(fault('signature_wrong'));
  });

  it('has a wrong signature whichever byte of the body is changed', async () => {
    const bytes = Buffer.from(BODY);
    for (let index = 0; index < bytes.length; index += 1) {
      const rawBody = Buffer.from(bytes);
      rawBody[index] = (rawBody[index] ?? 0) ^ 1;
      await expect(verifyWebhook(delivery({ rawBody }))).rejects.toEqual(fault('signature_wrong'));
    }
  });

  it.each([
    [-301_000, 300, 'timestamp_outside_window'],
    [301_000, 300, 'timestamp_outside_window'],
    [6_000, 5, 'timestamp_outside_window'],
    [-300_000, 300, undefined],
    [300_000, 300, undefined],
    [5_000, 5, undefined],
  ])('%i ms off, with %i s of tolerance: %s', async (offsetMs, toleranceSeconds, expected) => {
    const outcome = verifyWebhook(delivery({ now: () => NOW_MS + offsetMs, toleranceSeconds }));
    if (expected === undefined) expect(await outcome).toHaveProperty('event');
    else await expect(outcome).rejects.toEqual(fault(expected));
  });

  it('is refused when it is replayed, as long as its timestamp would be taken', async () => {
    const seenNonces = createMemoryNonceStore(1);
    await verifyWebhook(delivery({ seenNonces, now: () => NOW_MS - 300_000 }));
    for (const offsetMs of [-300_000, 0, 300_000]) {
      const again = delivery({ seenNonces, now: () => NOW_MS + offsetMs });
      await expect(verifyWebhook(again)).rejects.toEqual(fault('replayed'));
    }
  });

  it('does not use up a nonce with a wrong signature, and is remembered without a store of its own', async () => {
    const { seenNonces: _own, ...shared } = delivery();
    const forged = { ...shared, secrets: ['wrong'] };
    await expect(verifyWebhook(forged)).rejects.toEqual(fault('signature_wrong'));
    await verifyWebhook(shared);
    await expect(verifyWebhook(shared)).rejects.toEqual(fault('replayed'));
  });

  it('is refused when its nonce cannot be remembered', async () => {
    const seenNonces = { add: async () => 'full' as const };
    await expect(verifyWebhook(delivery({ seenNonces }))).rejects.toEqual(fault('nonce_store_full'));
  });

  it.each(Object.keys(HEADERS))('needs %s, once and in its form', async (name) => {
    const good: Readonly<Record<string, string>> = HEADERS;
    const value = good[name] ?? '';
    const { [name]: _missing, ...rest } = good;
    await expect(verifyWebhook(delivery({ headers: rest }))).rejects.toEqual(fault('header_missing'));
    const twice = { ...rest, [name]: [value, value] };
    await expect(verifyWebhook(delivery({ headers: twice }))).rejects.toEqual(fault('header_invalid'));
    const blank = { ...rest, [name]: `${value} ` };
    await expect(verifyWebhook(delivery({ headers: blank }))).rejects.toEqual(fault('header_invalid'));
  });

  it('is parsed only after its signature held', async () => {
    await expect(verifyWebhook(delivery({ rawBody: '{' }))).rejects.toEqual(fault('signature_wrong'));
    await expect(verifyWebhook(signed('{'))).rejects.toEqual(fault('body_invalid'));
  });

  it.each([
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['a list', '[]'],
    ['no event', '{}'],
    ['an order id beyond 2^53', BODY.replace('9007199254740991', '9007199254740992')],
    ['an order id in a string', BODY.replace('9007199254740991', '"12"')],
    ['a status of another event', BODY.replace('"SUCCESS"', '"DEAD"')],
    ['a type of another event', BODY.replace('"orderType":"transfer"', '"orderType":"reverse"')],
    ['a number for the amount', BODY.replace('"10"', '10')],
    ['a missing field', BODY.replace('"failReason":"",', '')],
  ])('with %s is invalid', async (_title, rawBody) => {
    await expect(verifyWebhook(signed(rawBody))).rejects.toEqual(fault('body_invalid'));
  });

  it('of an unknown kind is told apart', async () => {
    await expect(verifyWebhook(signed('{"event":"endpoint.test"}'))).rejects.toEqual(fault('event_unknown'));
    await expect(verifyWebhook(signed('{"event":"constructor"}'))).rejects.toEqual(fault('event_unknown'));
  });

  it('has a limit', async () => {
    const ends = '{"event":""}'.length;
    const fits = `{"event":"${'x'.repeat(MAX_WEBHOOK_BODY_BYTES - ends)}"}`;
    await expect(verifyWebhook(signed(fits))).rejects.toEqual(fault('event_unknown'));
    await expect(verifyWebhook(signed(`${fits} `))).rejects.toEqual(fault('body_too_large'));
  });

  it.each([[[]], [['']], [['a', 'b', 'c']], ['hook-secret' as unknown as string[]]])(
    'is not checked under the secrets %j',
    async (secrets) => {
      await expect(verifyWebhook(delivery({ secrets }))).rejects.toBeInstanceOf(TypeError);
    },
  );

  it.each([
    { ...EVENT, event: 'reverse.completed', orderType: 'reverse', targetStatus: 'FAILED', orderId: 5 },
    { ...EVENT, event: 'transfer.dead', targetStatus: 'DEAD', orderId: 5 },
    { ...EVENT, targetStatus: 'REVERSED', orderId: 5 },
  ] as WebhookEvent[])('of the kind $event $targetStatus can be made for tests', async (event) => {
    const { headers, rawBody } = signTestWebhook(event, 'hook-secret', { nowMs: NOW_MS });
    const verified = await verifyWebhook(delivery({ headers, rawBody }));
    expect(verified).toEqual({ event, idempotencyKey: `${event.orderType}:5:${event.targetStatus}` });
  });
});
