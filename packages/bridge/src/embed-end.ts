import { countIgnored, type IgnoredCounts } from './ignored.ts';
import { type Link, openLink } from './link.ts';
import { type EmbedMessage, type EmbedPayloads, envelope, type HostMessage } from './message.ts';
import { type Fault, parseMessage } from './parse.ts';
import type { EmbeddedWindow, WindowMessage } from './platform.ts';
import { CONNECT_SHAPES, EMBED_SHAPES, HOST_SHAPES } from './shapes.ts';

export interface EmbedEndOptions {
  /** The iframe's window. */
  readonly window: EmbeddedWindow;
  /** From the iframe's URL. */
  readonly channelId: string;
  /**
   * The parent is connected; its origin is what the browser says. It is called again when the parent lost the port and
   * asks anew: say then again what holds (`auth_request`, or `auth_state` and `ready`).
   */
  onConnect(parentOrigin: string): void;
  onMessage(message: HostMessage): void;
}

/** The iframe's end of the bridge. */
export interface EmbedEnd {
  /** `false` when there is no connection or the message breaks a limit of the protocol; it is then dropped. */
  send(message: EmbedMessage): boolean;
  /** Releases the port and the listener. */
  close(): void;
  readonly ignored: IgnoredCounts;
}

/** Makes the iframe's end. It waits for the parent, answers it alone, and stays with the first origin that connected. */
export function createEmbedEnd(options: EmbedEndOptions): EmbedEnd {
  const { window, channelId } = options;
  const ignored = countIgnored();
  let link: Link<EmbedPayloads> | undefined;
  let parentOrigin: string | undefined;
  let answeredNonce: string | undefined;

  const answer = (event: WindowMessage): Fault | undefined => {
    // A page that is not framed is its own parent.
    const { source } = event;
    if (source === null || source !== window.parent || source === window) return 'source';
    // `null` stands for a parent without an origin (sandboxed, a local file): no answer could be addressed to it.
    if (event.origin === 'null' || event.origin !== (parentOrigin ?? event.origin)) return 'origin';
    const parsed = parseMessage(event.data, { channelId, shapes: CONNECT_SHAPES });
    if (!parsed.ok) {
      // The parent learns from the version of this answer that the two do not fit.
      if (parsed.fault === 'version') {
        window.parent.postMessage(envelope(channelId, { type: 'refuse', payload: {} }), event.origin);
      }
      return parsed.fault;
    }
    const { nonce } = parsed.message.payload;
    if (nonce === answeredNonce) return 'replayed';
    answeredNonce = nonce;
    parentOrigin = event.origin;
    link?.close();
    const { port1, port2 } = new window.MessageChannel();
    link = openLink(port1, {
      channelId,
      shapes: HOST_SHAPES,
      onMessage: (message) => options.onMessage(message),
      onIgnored: ignored.add,
    });
    window.parent.postMessage(envelope(channelId, { type: 'accept', payload: { nonce } }), parentOrigin, [port2]);
    options.onConnect(parentOrigin);
    return undefined;
  };
  const receive = (event: WindowMessage): void => {
    const fault = answer(event);
    if (fault !== undefined) ignored.add(fault);
  };
  window.addEventListener('message', receive);

  return {
    send: (message) => {
      if (link === undefined) return false;
      // The parent would ignore it; whoever sends it should know.
      if (!parseMessage(envelope(channelId, message), { channelId, shapes: EMBED_SHAPES }).ok) return false;
      link.send(message);
      return true;
    },
    close: () => {
      window.removeEventListener('message', receive);
      link?.close();
      link = undefined;
    },
    ignored: ignored.counts,
  };
}
