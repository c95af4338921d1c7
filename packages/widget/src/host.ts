import type { ListeningWindow, RemoteWindow, SetTimer } from '@openvenue/bridge';
import type { ContainerElement } from './types.ts';

export interface FrameOptions {
  readonly src: string;
  /** CSS lengths. */
  readonly width: string;
  readonly height: string;
  /** A document was loaded, the first one or a later one. */
  onLoad(): void;
}

/** An iframe in its container. */
export interface Frame {
  /** `null` when the page took the iframe out. */
  readonly contentWindow: RemoteWindow | null;
  setSize(width: string, height: string): void;
  remove(): void;
}

/** What the widget needs of a page. */
export interface Host {
  readonly window: ListeningWindow;
  /** A BCP 47 tag such as `zh-Hans-CN`. */
  readonly language: string;
  readonly setTimer: SetTimer;
  /** 128 random bits in hexadecimal. */
  randomId(): string;
  /** `null` when nothing matches or the selector is none. */
  find(selector: string): ContainerElement | null;
  isHidden(container: ContainerElement): boolean;
  mountFrame(container: ContainerElement, options: FrameOptions): Frame;
  /** Shows an error to the developer as the browser shows an uncaught one. */
  report(error: unknown): void;
}
