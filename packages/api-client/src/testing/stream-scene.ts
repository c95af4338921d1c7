import { createStream, type Resync, type StateChange, type StreamOptions } from '../stream/create-stream.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeWebSocketServer } from './fake-web-socket-server.ts';

export const USER_ID = '1188041528';

/** A stream to a fake venue, and all that it has told. Chance is always the longest delay. */
export function streamScene(options: Partial<StreamOptions> = {}) {
  const clock = new FakeClock();
  const venue = new FakeWebSocketServer();
  const { WebSocket } = venue;
  const url = 'https://venue.example/ws';
  const stream = createStream({ url, WebSocket, clock, random: () => 1, ...options });
  const states: StateChange[] = [];
  const events: string[] = [];
  const resyncs: Resync[] = [];
  const errors: unknown[] = [];
  stream.onState((change) => states.push(change));
  stream.onUserEvent(({ seq }) => events.push(seq));
  stream.onResync((resync) => {
    resyncs.push(resync);
    events.push(resync.reason);
  });
  stream.onError((error) => errors.push(error));
  return { clock, venue, stream, states, events, resyncs, errors };
}
