// What the protocol needs of a browser, so that it runs against fakes. A `window` and a `MessagePort` satisfy these.

export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
}

export interface WindowMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: object | null;
  readonly ports: readonly Port[];
}

/** A window that can only be spoken to. */
export interface RemoteWindow {
  postMessage(message: unknown, targetOrigin: string, transfer?: object[]): void;
}

/** A window that hears messages. */
export interface ListeningWindow {
  addEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
}

/** The window inside the iframe. */
export interface EmbeddedWindow extends ListeningWindow {
  readonly parent: RemoteWindow;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
}

/** Calls `callback` once after `delayMs`, unless the returned function is called before. */
export type SetTimer = (callback: () => void, delayMs: number) => () => void;
