import { countIgnored, type IgnoredCounts } from './ignored.ts';
import { type Link, openLink } from './link.ts';
import { type EmbedMessage, envelope, type HostMessage, type HostPayloads } from './message.ts';
import { type Fault, parseMessage } from './parse.ts';
import type { ListeningWindow, RemoteWindow, SetTimer, WindowMessage } from './platform.ts';
import { ACCEPT_SHAPES, EMBED_SHAPES } from './shapes.ts';

/** The iframe may start to listen only after its `load` event, so `connect` is repeated; each wait is twice the last. */
export const FIRST_RETRY_MS = 50;
export const LONGEST_RETRY_MS = 1000;
/** About half a minute in all. */
export const CONNECT_ATTEMPTS = 32;

export interface HostEndOptions {
  /** The page's window. */
  readonly window: ListeningWindow;
  /** Names the iframe among all of the page; it stands in the iframe's URL too. */
  readonly channelId: string;
  /** The origin the iframe is loaded from; nothing is sent to another, nothing taken from another. */
  readonly origin: string;
  readonly setTimer: SetTimer;
  /** A fresh, unguessable text for each attempt, at most 64 characters. */
  createNonce(): string;
  onConnect(): void;
  onMessage(message: EmbedMessage): void;
  /** The iframe speaks another version of the protocol. */
  onUnsupported(): void;
}

/** The page's end of the bridge. */
export interface HostEnd {
  /** Begins a handshake with a document that was just loaded; an earlier connection is given up. */
  connect(target: RemoteWindow): void;
  /** `false` when there is no connection; the message is then dropped. */
  send(message: HostMessage): boolean;
  /** Releases the port, the listener and the timer. */
  close(): void;
  readonly ignored: IgnoredCounts;
}

/** Makes the page's end. It listens from now on, and speaks only after `connect`. */
export function createHostEnd(options: HostEndOptions): HostEnd {
  const { window, channelId, origin } = options;
  const ignored = countIgnored();
  let link: Link<HostPayloads> | undefined;
  let attempt: { readonly target: RemoteWindow; readonly nonce: string } | undefined;
  let cancelRetry: (() => void) | undefined;

  const answer = (event: WindowMessage): Fault | undefined => {
    if (event.origin !== origin) return 'origin';
    if (attempt === undefined || event.source !== attempt.target) return 'source';
    const parsed = parseMessage(event.data, { channelId, shapes: ACCEPT_SHAPES });
    if (!parsed.ok) {
      if (parsed.fault === 'version' && link === undefined) {
        cancelRetry?.();
        options.onUnsupported();
      }
      return parsed.fault;
    }
    if (link !== undefined || parsed.message.payload.nonce !== attempt.nonce) return 'replayed';
    const port = event.ports[0];
    if (port === undefined) return 'malformed';
    cancelRetry?.();
    link = openLink(port, {
      channelId,
      shapes: EMBED_SHAPES,
      onMessage: (message) => options.onMessage(message),
      onIgnored: ignored.add,
    });
    options.onConnect();
    return undefined;
  };
  const receive = (event: WindowMessage): void => {
    const fault = answer(event);
    if (fault !== undefined) ignored.add(fault);
  };
  window.addEventListener('message', receive);

  const disconnect = (): void => {
    cancelRetry?.();
    link?.close();
    link = undefined;
    attempt = undefined;
  };

  return {
    connect: (target) => {
      disconnect();
      const nonce = options.createNonce();
      attempt = { target, nonce };
      let attempts = 0;
      let delayMs = FIRST_RETRY_MS;
      const post = (): void => {
        attempts += 1;
        if (attempts < CONNECT_ATTEMPTS) cancelRetry = options.setTimer(post, delayMs);
        delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS);
        target.postMessage(envelope(channelId, { type: 'connect', payload: { nonce } }), origin);
      };
      post();
    },
    send: (message) => {
      link?.send(message);
      return link !== undefined;
    },
    close: () => {
      disconnect();
      window.removeEventListener('message', receive);
    },
    ignored: ignored.counts,
  };
}
