import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { RATE_LIMIT_DEFAULTS, RateLimits } from '../limits/rate-limits.ts';
import { KnownSenders } from './known-senders.ts';

const NOW_MS = 1_000;
const MINE = { userId: 7, externalUserId: '1188041529' };

let limits: RateLimits;
let senders: KnownSenders;
beforeEach(() => {
  limits = new RateLimits({ ...RATE_LIMIT_DEFAULTS, order: { perSecond: 1, burst: 2 } });
  senders = new KnownSenders(limits);
});

function request(socket: Socket, headers: IncomingMessage['headers']): IncomingMessage {
  return Object.assign(new IncomingMessage(socket), { headers });
}
const spend = (): void => {
  limits.takeOfUser('order', { userId: MINE.userId, cost: 2 }, NOW_MS);
};

describe.each([
  ['a key', { 'x-api-key': 'fx_mine' }, { 'x-api-key': 'fx_other' }],
  ['a token', { authorization: 'Bearer mine' }, { authorization: 'Bearer other' }],
])('who has shown %s', (_name, mine, other) => {
  test('is refused on this connection while the limit is spent, with its state', () => {
    const socket = new Socket();
    senders.note(request(socket, mine), MINE);
    expect(senders.overLimit(request(socket, mine), NOW_MS)).toBeUndefined();
    spend();
    expect(senders.overLimit(request(socket, mine), NOW_MS)).toEqual({
      externalUserId: MINE.externalUserId,
      limit: { allowed: false, limit: 2, remaining: 0, resetSeconds: 2, retryAfterSeconds: 1 },
    });
    expect(senders.overLimit(request(socket, mine), NOW_MS + 1_000)).toBeUndefined();
  });

  test('is not known by another credential, nor on another connection', () => {
    const socket = new Socket();
    senders.note(request(socket, mine), MINE);
    spend();
    for (const unknown of [request(socket, other), request(socket, {}), request(new Socket(), mine)])
      expect(senders.overLimit(unknown, NOW_MS)).toBeUndefined();
  });

  test('makes room on the connection for the next one', () => {
    const socket = new Socket();
    senders.note(request(socket, other), { userId: 8 });
    senders.note(request(socket, mine), MINE);
    spend();
    expect(senders.overLimit(request(socket, mine), NOW_MS)).toBeDefined();
    expect(senders.overLimit(request(socket, other), NOW_MS)).toBeUndefined();
  });
});

test('whoever has proved nothing is not known', () => {
  const socket = new Socket();
  senders.note(request(socket, { 'x-api-key': 'fx_mine' }), {});
  spend();
  expect(senders.overLimit(request(socket, { 'x-api-key': 'fx_mine' }), NOW_MS)).toBeUndefined();
});
