/** What the stream reads of an event of a WebSocket. */
export interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly code?: number;
}

/** What the stream uses of a WebSocket. */
export interface Socket {
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: SocketEvent) => void): void;
  send(text: string): void;
  close(): void;
}

/** `WebSocket` of the platform, or one like it. */
export type SocketClass = new (url: string) => Socket;
