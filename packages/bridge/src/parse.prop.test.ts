import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from './field.ts';
import { type EmbedMessage, envelope, type HostMessage, PROTOCOL, VERSION } from './message.ts';
import { parseMessage } from './parse.ts';
import { EMBED_SHAPES, HOST_SHAPES } from './shapes.ts';

const channelId = 'tw_1';
const asEmbed = (data: unknown) => parseMessage(data, { channelId, shapes: EMBED_SHAPES });
const asHost = (data: unknown) => parseMessage(data, { channelId, shapes: HOST_SHAPES });

const order = { clientOrderId: '', symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT' };
const EMBED_MESSAGES: EmbedMessage[] = [
  { type: 'auth_request', payload: { reason: 'initial' } },
  { type: 'auth_state', payload: { state: 'authenticated' } },
  { type: 'ready', payload: { symbol: 'BTCUSDT' } },
  { type: 'symbol_changed', payload: { symbol: 'ETHUSDT' } },
  { type: 'locale_changed', payload: { locale: 'zh-CN' } },
  { type: 'order_created', payload: { ...order, orderId: '9007199254740993', price: '50000.5', quantity: '0.01' } },
  { type: 'order_failed', payload: { ...order, code: 3001, message: 'insufficient balance' } },
  { type: 'error', payload: { code: 'auth_exchange_failed', message: 'refused', detail: '' } },
];
const HOST_MESSAGES: HostMessage[] = [
  { type: 'auth_token', payload: { embedToken: 'et_1', expireAt: 1_769_676_656 } },
  { type: 'auth_failed', payload: { code: 'token_provider_failed' } },
  { type: 'set_symbol', payload: { symbol: 'ETHUSDT' } },
  { type: 'set_theme', payload: { theme: 'light' } },
  { type: 'set_locale', payload: { locale: 'en-US' } },
  { type: 'destroy', payload: {} },
];

describe('parseMessage', () => {
  it.each(EMBED_MESSAGES)('reads $type of the iframe', (message) => {
    expect(asEmbed(envelope(channelId, message))).toEqual({ ok: true, message });
    expect(asHost(envelope(channelId, message))).toEqual({ ok: false, fault: 'type' });
  });

  it.each(HOST_MESSAGES)('reads $type of the page', (message) => {
    expect(asHost(envelope(channelId, message))).toEqual({ ok: true, message });
    expect(asEmbed(envelope(channelId, message))).toEqual({ ok: false, fault: 'type' });
  });

  it('has an example of every type', () => {
    expect(EMBED_MESSAGES.map(({ type }) => type)).toEqual(Object.keys(EMBED_SHAPES));
    expect(HOST_MESSAGES.map(({ type }) => type)).toEqual(Object.keys(HOST_SHAPES));
  });

  it('refuses a message that lacks any one field, or has it of another kind', () => {
    for (const message of EMBED_MESSAGES) {
      for (const field of Object.keys(message.payload)) {
        for (const value of [undefined, null, {}, [], true, Number.NaN]) {
          const data = { ...envelope(channelId, message), payload: { ...message.payload, [field]: value } };
          expect(asEmbed(data), `${message.type}.${field}`).toEqual({ ok: false, fault: 'malformed' });
        }
      }
    }
  });

  it.each([
    ['foreign', { protocol: 'another' }],
    ['channel', { channelId: 'tw_2' }],
    ['channel', { channelId: undefined }],
    ['version', { version: VERSION + 1 }],
    ['version', { version: String(VERSION) }],
    ['type', { type: 'grant_everything' }],
    ['type', { type: 'toString' }],
    ['type', { type: '__proto__' }],
    ['malformed', { payload: null }],
    ['malformed', { payload: 'BTCUSDT' }],
  ])('names the fault %s of %j', (fault, change) => {
    const data = { ...envelope(channelId, { type: 'ready', payload: { symbol: 'BTCUSDT' } }), ...change };
    expect(asEmbed(data)).toEqual({ ok: false, fault });
  });

  it('takes a text at its limit and none beyond', () => {
    const token = (length: number) =>
      envelope(channelId, { type: 'auth_token', payload: { embedToken: 'x'.repeat(length), expireAt: 1 } });
    expect(asHost(token(LIMITS.embedToken)).ok).toBe(true);
    expect(asHost(token(LIMITS.embedToken + 1))).toEqual({ ok: false, fault: 'malformed' });
  });

  it('drops fields it does not know', () => {
    const data = { ...envelope(channelId, { type: 'ready', payload: { symbol: 'BTCUSDT', more: 1 } }), extra: 2 };
    expect(asEmbed(data)).toEqual({ ok: true, message: { type: 'ready', payload: { symbol: 'BTCUSDT' } } });
  });

  it('reads fields of the payload itself, not of its prototype', () => {
    const payload = Object.create({ symbol: 'BTCUSDT' }) as object;
    expect(asEmbed({ ...envelope(channelId, { type: 'ready' }), payload })).toEqual({ ok: false, fault: 'malformed' });
  });

  it('never throws, whatever arrives', () => {
    const enveloped = fc.record(
      {
        protocol: fc.constantFrom(PROTOCOL, 'x'),
        version: fc.oneof(fc.constant(VERSION), fc.anything()),
        channelId: fc.oneof(fc.constant(channelId), fc.anything()),
        type: fc.oneof(fc.constantFrom(...Object.keys(EMBED_SHAPES), 'constructor'), fc.anything()),
        payload: fc.anything({ withNullPrototype: true }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), enveloped), (data) => {
        const parsed = asEmbed(data);
        expect(parsed.ok ? Object.keys(parsed.message) : parsed.fault).toBeTruthy();
      }),
      { numRuns: 2000 },
    );
  });
});
