export { createEmbedEnd, type EmbedEnd, type EmbedEndOptions } from './embed-end.ts';
export { LIMITS } from './field.ts';
export { CONNECT_ATTEMPTS, createHostEnd, type HostEnd, type HostEndOptions } from './host-end.ts';
export type { IgnoredCounts } from './ignored.ts';
export * from './message.ts';
export { type Fault, type Parsed, parseMessage, type Shapes } from './parse.ts';
export type { EmbeddedWindow, ListeningWindow, Port, RemoteWindow, SetTimer, WindowMessage } from './platform.ts';
export { ACCEPT_SHAPES, CONNECT_SHAPES, EMBED_SHAPES, HOST_SHAPES } from './shapes.ts';
