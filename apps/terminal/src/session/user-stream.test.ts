import type { Resync, StreamState } from '@openvenue/api-client';
import { describe, expect, it } from 'vitest';
import { type OneStream, UserStream } from './user-stream.ts';

type UserEvent = Parameters<Parameters<OneStream['onUserEvent']>[0]>[0];

/** A connection that says what a test wants. */
class ScriptedConnection implements OneStream {
  state: StreamState = 'connecting';
  readonly seq = undefined;
  readonly since: string | undefined;
  readonly #states: Parameters<OneStream['onState']>[0][] = [];
  readonly #events: Parameters<OneStream['onUserEvent']>[0][] = [];
  readonly #resyncs: Parameters<OneStream['onResync']>[0][] = [];

  constructor(since: string | undefined) {
    this.since = since;
  }

  onState(listener: Parameters<OneStream['onState']>[0]) {
    this.#states.push(listener);
    return () => undefined;
  }
  onUserEvent(listener: Parameters<OneStream['onUserEvent']>[0]) {
    this.#events.push(listener);
    return () => undefined;
  }
  onResync(listener: Parameters<OneStream['onResync']>[0]) {
    this.#resyncs.push(listener);
    return () => undefined;
  }
  close() {
    this.say('closed');
  }
  say(state: StreamState) {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#states) listener({ state });
  }
  event(seq: string) {
    for (const listener of this.#events) listener({ seq } as UserEvent);
  }
  resync(reason: Resync['reason'], seq?: string) {
    for (const listener of this.#resyncs) listener({ reason, seq });
  }
}

function scene() {
  const connections: ScriptedConnection[] = [];
  const told: string[] = [];
  const stream = new UserStream((since) => {
    const connection = new ScriptedConnection(since);
    connections.push(connection);
    return connection;
  });
  stream.onState(({ state }) => told.push(state));
  stream.onUserEvent(({ seq }) => told.push(seq));
  stream.onResync(({ reason }) => told.push(reason));
  const at = (index: number): ScriptedConnection => {
    const connection = connections[index];
    if (connection === undefined) throw new Error(`there is no connection ${index}`);
    return connection;
  };
  return { stream, told, at, connections };
}

describe('UserStream', () => {
  it('goes over to the next connection without a gap, a repetition or a change of state', () => {
    const { stream, told, at } = scene();
    at(0).say('open');
    at(0).event('7');
    stream.renew();
    expect(at(1).since).toBe('7');
    at(0).event('8');
    at(1).event('8');
    at(1).say('open');
    expect(at(0).state).toBe('closed');
    at(1).event('8');
    at(1).event('9');
    at(0).event('10');
    expect(told).toEqual(['open', '7', '8', '9']);
    expect(stream.state).toBe('open');
  });

  it('reads the account anew when no event said from where to go on', () => {
    const { stream, told, at } = scene();
    at(0).say('open');
    at(0).resync('start');
    stream.renew();
    at(1).say('open');
    at(1).resync('start');
    expect(told).toEqual(['open', 'start', 'start']);
  });

  it('stays with what there is when the next connection fails, and tries again when asked', () => {
    const { stream, told, at } = scene();
    at(0).say('open');
    stream.renew();
    at(1).close();
    at(0).event('1');
    expect(told).toEqual(['open', '1']);
    stream.renew();
    at(2).say('open');
    expect(at(0).state).toBe('closed');
    expect(stream.state).toBe('open');
  });

  it('comes back at once when the connection before was lost meanwhile', () => {
    const { stream, told, at } = scene();
    at(0).say('open');
    stream.renew();
    at(0).say('reconnecting');
    at(1).say('open');
    expect(told).toEqual(['open', 'reconnecting', 'open']);
  });

  it('leaves no connection behind', () => {
    const { stream, told, at, connections } = scene();
    at(0).say('open');
    stream.renew();
    stream.renew();
    expect(at(1).state).toBe('closed');
    stream.close();
    expect(connections.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
    stream.renew();
    expect(connections).toHaveLength(3);
    expect(told).toEqual(['open', 'closed']);
  });
});
