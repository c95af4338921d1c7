import { describe, expect, it } from 'vitest';
import { BearerAuth } from '../auth/bearer-auth.ts';
import { TokenRevokedError } from '../errors/classes.ts';
import { errorOfRefusal } from '../errors/error-of.ts';
import type { FakeConnection } from '../testing/index.ts';
import { streamScene, USER_ID } from '../testing/stream-scene.ts';
import { RECONNECT_DELAYS } from './create-stream.ts';
import { topics } from './topics.ts';

const ORDER = { eventType: 'ORDER_TRADE_UPDATE' };
/** Longer than the delays of these tests, shorter than the wait for a connection to open. */
const SOON_MS = 5_000;

function scene(options: { readonly since?: string } = {}) {
  const reasons: string[] = [];
  const auth = new BearerAuth(async (reason) => {
    reasons.push(reason);
    return { accessToken: `token-${reasons.length}`, accessExpire: 4_000_000_000 };
  });
  return { reasons, ...streamScene({ auth, ...options }) };
}

const push = (connection: FakeConnection, ...seqs: readonly string[]) => {
  for (const seq of seqs) connection.pushUser(USER_ID, seq, ORDER);
};

describe('the private channel', () => {
  it('opens with the token and is open when the venue has greeted', async () => {
    const { venue, stream, events } = scene();
    const connection = await venue.nextConnection();
    expect(Object.fromEntries(connection.url.searchParams)).toEqual({ token: 'token-1' });
    connection.accept();
    expect(stream.state).toBe('connecting');
    connection.push({ event: 'auth', success: true, data: USER_ID });
    expect(stream.state).toBe('open');
    expect(stream.userId).toBe(USER_ID);
    expect(events).toEqual(['start']);
  });

  it('carries public topics, too', async () => {
    const { venue, stream } = scene();
    stream.subscribe(topics.tickers, { onData: () => undefined });
    const connection = await venue.nextConnection();
    connection.accept();
    expect(connection.requests).toEqual([]);
    connection.push({ event: 'auth', success: true, data: USER_ID });
    expect(await connection.acknowledge()).toMatchObject({ op: 'subscribe', args: ['market.tickers'] });
  });

  it('goes on after the last event, each exactly once', async () => {
    const { venue, clock, events, stream } = scene();
    const connection = await venue.nextConnection();
    connection.accept(USER_ID);
    push(connection, '41', '42');
    connection.end();
    await clock.advance(SOON_MS);
    const next = await venue.nextConnection();
    expect(next.url.searchParams.get('since')).toBe('42');
    next.accept(USER_ID);
    push(next, '42', '43', '44');
    expect(events).toEqual(['start', '41', '42', '43', '44']);
    expect(stream.seq).toBe('44');
  });

  it('says so when events are missing in between', async () => {
    const { venue, events, resyncs } = scene();
    const connection = await venue.nextConnection();
    connection.accept(USER_ID);
    push(connection, '9007199254740993', '9007199254740995');
    expect(events).toEqual(['start', '9007199254740993', 'gap', '9007199254740995']);
    expect(resyncs.at(-1)).toEqual({ reason: 'gap', seq: '9007199254740995' });
  });

  it('says so when the venue no longer keeps what was missed, and goes on from there', async () => {
    const { venue, events } = scene({ since: '5' });
    const connection = await venue.nextConnection();
    expect(connection.url.searchParams.get('since')).toBe('5');
    connection.accept(USER_ID);
    connection.pushUser(USER_ID, undefined, { eventType: 'RESYNC_REQUIRED', since: '5', seq: '900', updateTime: 1 });
    push(connection, '900', '901');
    expect(events).toEqual(['not-kept', '901']);
  });

  it('says start again when the first connection ended before any event', async () => {
    const { venue, clock, events } = scene();
    (await venue.nextConnection()).end();
    await clock.advance(SOON_MS);
    const connection = await venue.nextConnection();
    connection.accept(USER_ID);
    connection.end();
    await clock.advance(SOON_MS);
    (await venue.nextConnection()).accept(USER_ID);
    expect(events).toEqual(['start', 'start']);
  });

  it('comes back at once with the same token when it was too slow', async () => {
    const { venue, clock, reasons } = scene();
    const connection = await venue.nextConnection();
    connection.accept(USER_ID);
    push(connection, '1');
    connection.end(4008);
    await clock.advance(RECONNECT_DELAYS.baseMs);
    expect((await venue.nextConnection()).url.searchParams.get('since')).toBe('1');
    expect(reasons).toEqual(['initial']);
  });

  it('gets another token when the venue has ended the session', async () => {
    const { venue, clock, reasons, stream } = scene();
    const connection = await venue.nextConnection();
    connection.accept(USER_ID);
    connection.pushUser(USER_ID, undefined, { eventType: 'SESSION_ENDED', reason: 'EXPIRED', updateTime: 1 });
    connection.end(4002);
    await clock.advance(SOON_MS);
    const next = await venue.nextConnection();
    expect(next.url.searchParams.get('token')).toBe('token-2');
    next.accept(USER_ID);
    expect(reasons).toEqual(['initial', 'expired']);
    expect(stream.state).toBe('open');
  });

  it('closes for good when another token is refused, too', async () => {
    const { venue, clock, reasons, states } = scene();
    for (const _ of [1, 2]) {
      const connection = await venue.nextConnection();
      connection.refuse(1004);
      connection.end(4001);
      await clock.advance(SOON_MS);
    }
    expect(venue.untaken).toBe(0);
    expect(reasons).toEqual(['initial', 'expired']);
    expect(states).toMatchObject([{ state: 'closed', error: { code: 1004 } }]);
    expect(clock.timers).toBe(0);
  });

  it('is patient with a venue that has too many connections of the user', async () => {
    const { venue, clock, reasons, stream } = scene();
    for (let at = 0; at < 5; at += 1) {
      const connection = await venue.nextConnection();
      connection.refuse(5003);
      connection.end(4001);
      await clock.advance(SOON_MS);
    }
    (await venue.nextConnection()).accept(USER_ID);
    expect(stream.state).toBe('open');
    expect(reasons).toEqual(['initial']);
  });

  it('waits and asks again when there is no credential, and closes when that is final', async () => {
    const faults = [
      new Error('offline'),
      errorOfRefusal({ code: 1004, message: 'a' }),
      new TokenRevokedError({ code: 1004, message: 'b' }),
    ];
    const auth = new BearerAuth(() => Promise.reject(faults.shift()));
    const { clock, errors, states, venue } = streamScene({ auth });
    await clock.advance(60_000);
    expect(errors.map((error) => (error instanceof Error ? error.message : ''))).toEqual(['offline', 'a', 'b']);
    expect(states).toMatchObject([{ state: 'closed', error: { message: 'b' } }]);
    expect(venue.untaken).toBe(0);
  });
});
