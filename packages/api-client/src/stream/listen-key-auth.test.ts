import { describe, expect, it } from 'vitest';
import { BearerAuth } from '../auth/bearer-auth.ts';
import { createApiClient } from '../rest/create-api-client.ts';
import { FakeClock, FakeFetch, FakeWebSocketServer, settled } from '../testing/index.ts';
import { createStream } from './create-stream.ts';
import { LISTEN_KEY_RENEW_MS, LISTEN_KEY_RETRY_MS, ListenKeyAuth } from './listen-key-auth.ts';

function scene() {
  const clock = new FakeClock();
  const rest = new FakeFetch();
  const venue = new FakeWebSocketServer();
  const client = createApiClient({
    baseUrl: 'https://venue.example',
    fetch: rest.fetch,
    clock,
    auth: new BearerAuth(async () => ({ accessToken: 't', accessExpire: 4_000_000_000 })),
  });
  const auth = new ListenKeyAuth(client.user, { clock });
  const { WebSocket } = venue;
  const stream = createStream({ url: 'wss://venue.example/ws', WebSocket, auth, clock, random: () => 1 });
  const connect = async (listenKey: string) => {
    const request = await rest.next();
    expect([request.method, request.path]).toEqual(['POST', '/v1/private/user/listen-key']);
    request.succeed({ listenKey, expireAt: 0 });
    const connection = await venue.nextConnection();
    expect(Object.fromEntries(connection.url.searchParams)).toEqual({ listenKey });
    connection.accept('1188041528');
    return connection;
  };
  return { clock, rest, venue, stream, connect };
}

describe('a listen key', () => {
  it('is made for the stream, used again after a lost connection, and deleted at the end', async () => {
    const { clock, rest, venue, stream, connect } = scene();
    const connection = await connect('k1');
    connection.end();
    await clock.advance(250);
    expect((await venue.nextConnection()).url.searchParams.get('listenKey')).toBe('k1');
    stream.close();
    const deletion = await rest.next();
    expect([deletion.method, deletion.body]).toEqual(['DELETE', { listenKey: 'k1' }]);
    deletion.succeed();
    await settled();
    expect(clock.timers).toBe(0);
  });

  it('is made anew when the venue has ended it', async () => {
    const { clock, connect, stream } = scene();
    (await connect('k1')).end(4002);
    await clock.advance(250);
    await connect('k2');
    expect(stream.state).toBe('open');
  });
});

describe('ListenKeyAuth by itself', () => {
  async function held() {
    const clock = new FakeClock();
    const rest = new FakeFetch();
    const errors: unknown[] = [];
    const auth = new BearerAuth(async () => ({ accessToken: 't', accessExpire: 4_000_000_000 }));
    const client = createApiClient({ baseUrl: 'https://venue.example', fetch: rest.fetch, clock, auth });
    const keys = new ListenKeyAuth(client.user, { clock, onError: (error) => errors.push(error) });
    const credential = keys.credential();
    (await rest.next()).succeed({ listenKey: 'k1', expireAt: 0 });
    expect(await credential).toEqual({ listenKey: 'k1' });
    return { clock, rest, errors, keys };
  }

  it('renews every half of its life', async () => {
    const { clock, rest } = await held();
    for (let round = 0; round < 3; round += 1) {
      await clock.advance(LISTEN_KEY_RENEW_MS - 1);
      expect(rest.untaken).toBe(0);
      await clock.advance(1);
      const renewal = await rest.next();
      expect([renewal.method, renewal.body]).toEqual(['PUT', { listenKey: 'k1' }]);
      renewal.succeed();
      await settled();
    }
  });

  it('tries again after a minute when the renewal had no answer', async () => {
    const { clock, rest, errors, keys } = await held();
    await clock.advance(LISTEN_KEY_RENEW_MS);
    (await rest.next()).fail();
    await clock.advance(LISTEN_KEY_RETRY_MS);
    (await rest.next()).succeed();
    expect(errors).toMatchObject([{ name: 'OutcomeUnknownError' }]);
    expect(await keys.credential()).toEqual({ listenKey: 'k1' });
  });

  it('makes another when the venue does not know it any more', async () => {
    const { clock, rest, errors, keys } = await held();
    await clock.advance(LISTEN_KEY_RENEW_MS);
    (await rest.next()).refuse(2002);
    await settled();
    expect(errors).toMatchObject([{ code: 2002 }]);
    const credential = keys.credential();
    (await rest.next()).succeed({ listenKey: 'k2', expireAt: 0 });
    expect(await credential).toEqual({ listenKey: 'k2' });
  });

  it('deletes a key that came after the end', async () => {
    const { rest, keys, clock } = await held();
    keys.discard();
    const late = keys.credential();
    const creation = await rest.next();
    keys.close();
    creation.succeed({ listenKey: 'k2', expireAt: 0 });
    await late;
    expect((await rest.next()).body).toEqual({ listenKey: 'k2' });
    expect(clock.timers).toBe(1);
  });
});
