import { envelope, type MessageOf } from './message.ts';
import { type Fault, parseMessage, type Shapes } from './parse.ts';
import type { Port } from './platform.ts';

interface LinkOptions<Received> {
  readonly channelId: string;
  /** What may be received. */
  readonly shapes: Shapes<Received>;
  onMessage(message: MessageOf<Received>): void;
  onIgnored(fault: Fault): void;
}

export interface Link<Sent> {
  send(message: MessageOf<Sent>): void;
  close(): void;
}

/** Speaks over the port that the handshake gave. After `close` nothing is received any more. */
export function openLink<Sent, Received>(port: Port, options: LinkOptions<Received>): Link<Sent> {
  let open = true;
  port.addEventListener('message', ({ data }) => {
    if (!open) return;
    const parsed = parseMessage(data, options);
    if (parsed.ok) options.onMessage(parsed.message);
    else options.onIgnored(parsed.fault);
  });
  port.addEventListener('messageerror', () => options.onIgnored('malformed'));
  port.start();
  return {
    send: (message) => port.postMessage(envelope(options.channelId, message)),
    close: () => {
      open = false;
      port.close();
    },
  };
}
