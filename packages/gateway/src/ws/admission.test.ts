import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WsScene } from '../testing/ws-scene.ts';

let scene: WsScene;
afterEach(() => scene.stop());

describe('admission', () => {
  it('a browser of another origin is refused, others pass', async () => {
    scene = await WsScene.start({ allowedOrigins: ['https://venue.example'] });
    expect((await scene.connect('/ws', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await scene.connect('/ws', { origin: 'https://venue.example.evil' })).status).toBe(403);
    expect((await scene.connect('/ws', { origin: 'https://venue.example' })).status).toBeUndefined();
    expect((await scene.connect('/ws')).status).toBeUndefined();
    expect(scene.gateway.connections()).toBe(2);
  });

  it.each(['/wss', '/ws/', '/', '//', '/WS'])('the path %s is unknown', async (path) => {
    scene = await WsScene.start();
    expect((await scene.connect(path)).status).toBe(404);
  });

  it.each([
    [
      '/none',
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '404 Not Found',
      'Unknown path',
    ],
    ['/ws', 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x', '400 Bad Request', 'Bad Request'],
    [
      '/ws',
      'Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '400 Bad Request',
      'Bad Request',
    ],
  ])('an upgrade of %s with %j is refused in the envelope of the API', async (path, headers, status, message) => {
    scene = await WsScene.start();
    const socket = connect(Number(new URL(scene.address('/')).port), '127.0.0.1').setEncoding('latin1');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Request-ID: mine\r\n`,
    );
    socket.write(`${headers}\r\n\r\n`);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    await once(socket, 'close');
    expect(answer).toContain(`HTTP/1.1 ${status}\r\n`);
    expect(answer).toContain('X-Request-ID: mine\r\n');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({ code: 2002, message, requestId: 'mine' });
  });

  it('another path is left to another handler', async () => {
    scene = await WsScene.start();
    scene.server.on('upgrade', (request, socket) => {
      if (request.url === '/other') socket.end('HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n');
    });
    expect((await scene.connect('/other')).status).toBe(418);
  });

  it('connections of one address and of all are bounded, and a closed one gives its place back', async () => {
    scene = await WsScene.start({ limits: { maxConnectionsPerAddress: 2, maxConnections: 3 } });
    const first = await scene.connect();
    await scene.connect();
    expect((await scene.connect()).status).toBe(429);
    first.webSocket.close();
    await first.closed;
    while (scene.gateway.connections() > 1) await new Promise(setImmediate);
    expect((await scene.connect()).status).toBeUndefined();
  });

  it('above the bound of the venue all are refused', async () => {
    scene = await WsScene.start({ limits: { maxConnections: 1 } });
    await scene.connect();
    expect((await scene.connect()).status).toBe(503);
  });

  it('a request that is no WebSocket handshake is refused and gives its place back', async () => {
    scene = await WsScene.start();
    const { hostname, port } = new URL(scene.address('/ws'));
    const socket = connect(Number(port), hostname);
    socket.write('GET /ws HTTP/1.1\r\nHost: venue\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toContain('400 Bad Request');
    await once(socket, 'close');
    while (scene.gateway.connections() > 0) await new Promise(setImmediate);
  });

  it('an error of the token check answers 500 and is reported', async () => {
    scene = await WsScene.start({ verifyAccessToken: () => Promise.reject(new Error('broken')) });
    expect((await scene.connect('/ws?token=x')).status).toBe(500);
    expect(scene.errors).toEqual([new Error('broken')]);
  });
});

describe('heartbeat', () => {
  const limits = { pingIntervalMs: 10, pongTimeoutMs: 60, sweepIntervalMs: 5 };

  it('a peer that answers pings stays', async () => {
    scene = await WsScene.start({ limits });
    const client = await scene.connect();
    for (let pings = 0; pings < 12; pings++) await once(client.webSocket, 'ping');
    expect(await client.received()).toEqual([]);
  });

  it('a peer that does not is closed', async () => {
    scene = await WsScene.start({ limits });
    const client = await scene.connect('/ws', { autoPong: false });
    expect(await client.closed).toMatchObject({ code: 1008, reason: 'no pong' });
  });
});

describe('close', () => {
  it('closes all with 1001 and takes no more', async () => {
    scene = await WsScene.start();
    const clients = [await scene.connect(), await scene.connect()];
    await scene.gateway.close();
    for (const client of clients) expect(await client.closed).toMatchObject({ code: 1001 });
    expect(scene.gateway.connections()).toBe(0);
    expect(scene.server.listenerCount('upgrade')).toBe(0);
  });

  it('cuts off a peer that does not answer the close', async () => {
    scene = await WsScene.start({ limits: { closeGraceMs: 20 } });
    const client = await scene.connect();
    client.webSocket.pause();
    await scene.gateway.close();
    expect(scene.gateway.connections()).toBe(0);
  });
});
