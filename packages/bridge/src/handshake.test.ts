import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbedEnd, type EmbedEnd } from './embed-end.ts';
import { CONNECT_ATTEMPTS, createHostEnd, type HostEnd } from './host-end.ts';
import { type EmbedMessage, envelope, type HostMessage, VERSION } from './message.ts';
import type { Port, WindowMessage } from './platform.ts';
import { FakeMessageChannel, FakePort } from './testing/fake-port.ts';
import { FakeTimers, settle } from './testing/fake-timers.ts';
import { FakeFrameWindow, FakeWindow } from './testing/fake-window.ts';

const PAGE = 'https://partner.example';
const VENUE = 'https://venue.example';
const channelId = 'tw_1';

let page: FakeWindow;
let frame: FakeFrameWindow;
let timers: FakeTimers;
let host: HostEnd;
let nonces: number;
let embeds: EmbedEnd[];
let seen: { host: EmbedMessage[]; embed: HostMessage[]; hostConnects: number; origins: string[]; unsupported: number };

function listenInFrame(id = channelId): EmbedEnd {
  const embed = createEmbedEnd({
    window: frame.document ?? frame.load(VENUE),
    channelId: id,
    onConnect: (origin) => seen.origins.push(origin),
    onMessage: (message) => seen.embed.push(message),
  });
  embeds.push(embed);
  return embed;
}

beforeEach(() => {
  page = new FakeWindow(PAGE);
  frame = new FakeFrameWindow(page);
  timers = new FakeTimers();
  nonces = 0;
  embeds = [];
  seen = { host: [], embed: [], hostConnects: 0, origins: [], unsupported: 0 };
  host = createHostEnd({
    window: page,
    channelId,
    origin: VENUE,
    setTimer: timers.setTimer,
    createNonce: () => {
      nonces += 1;
      return `nonce-${nonces}`;
    },
    onConnect: () => {
      seen.hostConnects += 1;
    },
    onMessage: (message) => seen.host.push(message),
    onUnsupported: () => {
      seen.unsupported += 1;
    },
  });
});

afterEach(() => {
  host.close();
  for (const embed of embeds) embed.close();
});

describe('handshake', () => {
  it('connects both ends, and everything after it goes through the port', async () => {
    const embed = listenInFrame();
    host.connect(frame.contentWindow);
    await settle();
    expect(seen.hostConnects).toBe(1);
    expect(seen.origins).toEqual([PAGE]);
    expect(timers.pending).toBe(0);

    expect(embed.send({ type: 'auth_request', payload: { reason: 'initial' } })).toBe(true);
    expect(host.send({ type: 'auth_token', payload: { embedToken: 'secret', expireAt: 9 } })).toBe(true);
    await settle();
    expect(seen.host).toEqual([{ type: 'auth_request', payload: { reason: 'initial' } }]);
    expect(seen.embed).toEqual([{ type: 'auth_token', payload: { embedToken: 'secret', expireAt: 9 } }]);
    expect(frame.toFrame).toHaveLength(1);
    expect(frame.toPage).toHaveLength(1);
    expect(JSON.stringify([...frame.toFrame, ...frame.toPage])).not.toContain('secret');
  });

  it('repeats connect until a slow iframe listens', async () => {
    frame.load(VENUE);
    host.connect(frame.contentWindow);
    await timers.advance(500);
    expect(seen.hostConnects).toBe(0);
    listenInFrame();
    await timers.advance(1000);
    expect(seen.hostConnects).toBe(1);
    expect(seen.origins).toEqual([PAGE]);
    expect(timers.pending).toBe(0);
  });

  it('gives up after a bounded number of attempts', async () => {
    frame.load(VENUE);
    host.connect(frame.contentWindow);
    await timers.advance(3_600_000);
    expect(frame.toFrame).toHaveLength(CONNECT_ATTEMPTS);
    expect(timers.pending).toBe(0);
  });

  it('sends nothing before it and nothing after close', async () => {
    const embed = listenInFrame();
    expect(host.send({ type: 'destroy', payload: {} })).toBe(false);
    expect(embed.send({ type: 'ready', payload: { symbol: 'BTCUSDT' } })).toBe(false);
    host.connect(frame.contentWindow);
    await settle();
    host.close();
    embed.close();
    expect(host.send({ type: 'destroy', payload: {} })).toBe(false);
    expect(embed.send({ type: 'ready', payload: { symbol: 'BTCUSDT' } })).toBe(false);
    expect(page.listeners.size).toBe(0);
    expect(frame.document?.listeners.size).toBe(0);
  });

  it('hears nothing after close, not even what was on its way', async () => {
    const embed = listenInFrame();
    host.connect(frame.contentWindow);
    await settle();
    embed.send({ type: 'ready', payload: { symbol: 'BTCUSDT' } });
    host.send({ type: 'set_symbol', payload: { symbol: 'ETHUSDT' } });
    host.close();
    embed.close();
    await settle();
    expect([seen.host, seen.embed]).toEqual([[], []]);
  });

  it('connects again when the iframe shows a new document, and drops the old one', async () => {
    const first = listenInFrame();
    host.connect(frame.contentWindow);
    await settle();
    frame.load(VENUE);
    const second = listenInFrame();
    host.connect(frame.contentWindow);
    await settle();
    expect(seen.hostConnects).toBe(2);
    first.send({ type: 'ready', payload: { symbol: 'OLD' } });
    second.send({ type: 'ready', payload: { symbol: 'NEW' } });
    await settle();
    expect(seen.host).toEqual([{ type: 'ready', payload: { symbol: 'NEW' } }]);
  });

  it('connects the same document again when the page lost the port', async () => {
    const embed = listenInFrame();
    host.connect(frame.contentWindow);
    await settle();
    host.connect(frame.contentWindow);
    await settle();
    expect(seen.origins).toEqual([PAGE, PAGE]);
    embed.send({ type: 'ready', payload: { symbol: 'BTCUSDT' } });
    await settle();
    expect(seen.host).toHaveLength(1);
  });

  it('sends nothing to a frame that shows another origin', async () => {
    frame.load('https://phishing.example');
    host.connect(frame.contentWindow);
    await timers.advance(5000);
    expect(frame.toFrame).toEqual([]);
  });
});

describe('attacks on the iframe', () => {
  const connect = (nonce = 'n'): unknown => envelope(channelId, { type: 'connect', payload: { nonce } });
  const attack = async (event: Partial<WindowMessage>): Promise<EmbedEnd> => {
    const embed = listenInFrame();
    frame.document?.receive({ data: connect(), origin: PAGE, source: frame.parent, ...event });
    await settle();
    return embed;
  };

  it('takes the genuine message, which the attacks below vary', async () => {
    await attack({});
    expect(seen.origins).toEqual([PAGE]);
  });

  it.each([
    ['source', 'another window of the page', { source: { postMessage: () => undefined } }],
    ['source', 'no window', { source: null }],
    ['origin', 'a parent without an origin', { origin: 'null' }],
    ['channel', 'another channel', { data: envelope('tw_2', { type: 'connect', payload: { nonce: 'n' } }) }],
    ['foreign', 'another protocol', { data: { type: 'connect' } }],
    ['type', 'a token without a handshake', { data: envelope(channelId, { type: 'auth_token', payload: {} }) }],
    ['malformed', 'no nonce', { data: envelope(channelId, { type: 'connect', payload: {} }) }],
    [
      'malformed',
      'an endless nonce',
      { data: envelope(channelId, { type: 'connect', payload: { nonce: 'n'.repeat(65) } }) },
    ],
  ])('ignores and counts (%s): %s', async (fault, _title, event) => {
    const embed = await attack(event);
    expect(embed.ignored).toEqual({ [fault]: 1 });
    expect(seen.origins).toEqual([]);
    expect(frame.toPage).toEqual([]);
  });

  it('answers another version without a port', async () => {
    const embed = await attack({ data: { ...envelope(channelId, { type: 'connect' }), version: VERSION + 1 } });
    expect(embed.ignored).toEqual({ version: 1 });
    expect(seen.origins).toEqual([]);
    expect(frame.toPage).toEqual([envelope(channelId, { type: 'refuse', payload: {} })]);
  });

  it('ignores a replayed connect', async () => {
    const embed = await attack({});
    frame.document?.receive({ data: connect(), origin: PAGE, source: frame.parent });
    await settle();
    expect(embed.ignored).toEqual({ replayed: 1 });
    expect(seen.origins).toEqual([PAGE]);
    expect(frame.toPage).toHaveLength(1);
  });

  it('stays with the first origin that connected', async () => {
    const embed = await attack({});
    frame.document?.receive({ data: connect('other'), origin: 'https://evil.example', source: frame.parent });
    await settle();
    expect(embed.ignored).toEqual({ origin: 1 });
    expect(seen.origins).toEqual([PAGE]);
  });

  it('has no parent in a page that is not framed', () => {
    const listeners = new FakeWindow(VENUE);
    const window = Object.assign(listeners, {
      parent: { postMessage: () => expect.unreachable() },
      MessageChannel: FakeMessageChannel,
    });
    window.parent = Object.assign(window, { postMessage: () => expect.unreachable() });
    const embed = createEmbedEnd({ window, channelId, onConnect: () => expect.unreachable(), onMessage: () => {} });
    window.receive({ data: connect(), origin: VENUE, source: window });
    expect(embed.ignored).toEqual({ source: 1 });
  });
});

describe('attacks on the page', () => {
  const accept = (nonce = 'nonce-1'): unknown => envelope(channelId, { type: 'accept', payload: { nonce } });
  const attack = (event: Partial<WindowMessage>): void => {
    frame.load(VENUE);
    host.connect(frame.contentWindow);
    page.receive({ data: accept(), origin: VENUE, source: frame.contentWindow, ports: [new FakePort()], ...event });
  };

  it('takes the genuine message, which the attacks below vary', () => {
    attack({});
    expect(seen.hostConnects).toBe(1);
  });

  it.each([
    ['origin', 'another origin', { origin: 'https://evil.example' }],
    ['origin', 'the same host over http', { origin: 'http://venue.example' }],
    ['source', 'another window of the same origin', { source: {} }],
    ['source', 'no window', { source: null }],
    ['channel', "another widget's channel", { data: envelope('tw_2', { type: 'accept', payload: { nonce: '' } }) }],
    ['replayed', 'the answer to another attempt', { data: accept('nonce-0') }],
    ['malformed', 'no port', { ports: [] as Port[] }],
    ['type', 'a request without a handshake', { data: envelope(channelId, { type: 'auth_request', payload: {} }) }],
    ['foreign', 'noise', { data: 'webpackHotUpdate' }],
  ])('ignores and counts (%s): %s', (fault, _title, event) => {
    attack(event);
    expect(host.ignored).toEqual({ [fault]: 1 });
    expect(seen.hostConnects).toBe(0);
    expect(host.send({ type: 'auth_token', payload: { embedToken: 'secret', expireAt: 1 } })).toBe(false);
  });

  it('leaves the port of a message that is not for it alone: another widget may own it', () => {
    const port = new FakePort();
    attack({ source: {}, ports: [port] });
    expect(port.closed).toBe(false);
  });

  it('ignores a replayed accept', () => {
    attack({});
    page.receive({ data: accept(), origin: VENUE, source: frame.contentWindow, ports: [new FakePort()] });
    expect(host.ignored).toEqual({ replayed: 1 });
    expect(seen.hostConnects).toBe(1);
  });

  it('hears nothing before it connects', () => {
    page.receive({ data: accept(), origin: VENUE, source: frame.contentWindow, ports: [new FakePort()] });
    expect(host.ignored).toEqual({ source: 1 });
  });

  it('says that the iframe speaks another version, and stops asking', () => {
    attack({ data: { ...envelope(channelId, { type: 'refuse', payload: {} }), version: VERSION + 1 } });
    expect(seen.unsupported).toBe(1);
    expect(timers.pending).toBe(0);
  });
});

describe('the port', () => {
  it.each([
    ['version', { ...envelope(channelId, { type: 'ready', payload: { symbol: 'X' } }), version: 0 }],
    ['channel', envelope('tw_2', { type: 'ready', payload: { symbol: 'X' } })],
    ['type', envelope(channelId, { type: 'auth_token', payload: { embedToken: '', expireAt: 0 } })],
    ['malformed', envelope(channelId, { type: 'ready', payload: {} })],
    ['foreign', null],
  ])('ignores and counts (%s)', async (fault, data) => {
    const { port1, port2 } = new FakeMessageChannel();
    frame.load(VENUE);
    host.connect(frame.contentWindow);
    const answer = envelope(channelId, { type: 'accept', payload: { nonce: 'nonce-1' } });
    page.receive({ data: answer, origin: VENUE, source: frame.contentWindow, ports: [port2] });
    port1.postMessage(data);
    port1.postMessage(envelope(channelId, { type: 'ready', payload: { symbol: 'BTCUSDT' } }));
    await settle();
    expect(host.ignored).toEqual({ [fault]: 1 });
    expect(seen.host).toEqual([{ type: 'ready', payload: { symbol: 'BTCUSDT' } }]);
  });

  it('does not send what the other end would refuse', async () => {
    const embed = listenInFrame();
    host.connect(frame.contentWindow);
    await settle();
    expect(embed.send({ type: 'symbol_changed', payload: { symbol: 'X'.repeat(33) } })).toBe(false);
  });

  it("works over the platform's own MessageChannel", async () => {
    const window = Object.assign(frame.load(VENUE), { MessageChannel });
    const arrived = Promise.withResolvers<HostMessage>();
    const embed = createEmbedEnd({
      window,
      channelId,
      onConnect: () => embed.send({ type: 'auth_request', payload: { reason: 'initial' } }),
      onMessage: arrived.resolve,
    });
    embeds.push(embed);
    const answering = createHostEnd({
      window: page,
      channelId,
      origin: VENUE,
      setTimer: timers.setTimer,
      createNonce: () => 'n',
      onConnect: () => undefined,
      onMessage: () => answering.send({ type: 'auth_token', payload: { embedToken: 'et', expireAt: 7 } }),
      onUnsupported: () => undefined,
    });
    answering.connect(frame.contentWindow);
    expect(await arrived.promise).toEqual({ type: 'auth_token', payload: { embedToken: 'et', expireAt: 7 } });
    answering.close();
  });
});
