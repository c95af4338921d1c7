import { createHostEnd, type EmbedMessage, type HostMessage, type SetTimer } from '@openvenue/bridge';
import type { Frame, FrameOptions, Host } from './host.ts';
import type { ContainerElement, WidgetError } from './types.ts';

/** From the start of loading until the terminal answers. A terminal that answers later is still taken. */
export const LOAD_TIMEOUT_MS = 15_000;

interface FrameSessionOptions extends FrameOptions {
  readonly container: ContainerElement;
  readonly channelId: string;
  /** The terminal's origin. */
  readonly origin: string;
  readonly setTimer: SetTimer;
  onMessage(message: EmbedMessage): void;
  onFailure(error: WidgetError & { readonly code: 'iframe_load_timeout' | 'unsupported' }): void;
}

/** One iframe and the bridge into it. */
export interface FrameSession {
  /** `false` when the terminal is not connected. */
  send(message: HostMessage): boolean;
  readonly connected: boolean;
  setSize(width: string, height: string): void;
  /** Removes the iframe and releases the bridge. */
  close(): void;
}

/** Loads the terminal and shakes hands with every document that the iframe comes to show. */
export function openFrameSession(host: Host, options: FrameSessionOptions): FrameSession {
  const { origin, channelId, setTimer } = options;
  let connected = false;
  let frame: Frame | undefined;
  let cancelTimeout = (): void => {};
  const end = createHostEnd({
    window: host.window,
    channelId,
    origin,
    setTimer,
    createNonce: () => host.randomId(),
    onConnect: () => {
      connected = true;
      cancelTimeout();
    },
    onMessage: options.onMessage,
    onUnsupported: () => {
      cancelTimeout();
      options.onFailure({ code: 'unsupported', message: `the terminal at ${origin} is of another release` });
    },
  });
  const waitForTerminal = (): void => {
    connected = false;
    cancelTimeout();
    cancelTimeout = setTimer(() => {
      const message = `the terminal at ${origin} did not answer within ${LOAD_TIMEOUT_MS / 1000} seconds`;
      options.onFailure({ code: 'iframe_load_timeout', message });
    }, LOAD_TIMEOUT_MS);
  };
  waitForTerminal();
  frame = host.mountFrame(options.container, {
    src: options.src,
    width: options.width,
    height: options.height,
    onLoad: () => {
      options.onLoad();
      waitForTerminal();
      if (frame?.contentWindow) end.connect(frame.contentWindow);
    },
  });

  return {
    send: end.send,
    get connected() {
      return connected;
    },
    setSize: (width, height) => frame.setSize(width, height),
    close: () => {
      cancelTimeout();
      end.close();
      frame.remove();
    },
  };
}
