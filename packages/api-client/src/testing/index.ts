export { FakeClock, settled } from './fake-clock.ts';
export { FakeFetch, type FakeRefusal, FakeRequest } from './fake-fetch.ts';
export { FakeConnection, FakeWebSocketServer, type FakeWsRequest } from './fake-web-socket-server.ts';
