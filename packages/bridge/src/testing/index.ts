export { FakeMessageChannel, FakePort } from './fake-port.ts';
export { FakeTimers, settle } from './fake-timers.ts';
export { FakeEmbeddedWindow, FakeFrameWindow, FakeWindow } from './fake-window.ts';
