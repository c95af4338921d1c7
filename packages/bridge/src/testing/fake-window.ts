import type { EmbeddedWindow, ListeningWindow, Port, RemoteWindow, WindowMessage } from '../platform.ts';
import { FakeMessageChannel } from './fake-port.ts';

type Listener = (event: WindowMessage) => void;

/** A window with an origin that hears messages. */
export class FakeWindow implements ListeningWindow {
  readonly origin: string;
  readonly listeners = new Set<Listener>();

  constructor(origin: string) {
    this.origin = origin;
  }

  addEventListener(_type: 'message', listener: Listener): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: Listener): void {
    this.listeners.delete(listener);
  }

  /** Delivers an event as the browser would, whoever made it. */
  receive(event: Partial<WindowMessage>): void {
    const whole: WindowMessage = { data: undefined, origin: '', source: null, ports: [], ...event };
    for (const listener of this.listeners) listener(whole);
  }
}

interface Way {
  readonly from: () => { readonly origin: string; readonly source: RemoteWindow };
  readonly to: () => FakeWindow | undefined;
  readonly delivered: unknown[];
}

/** A window as seen from another: what is posted arrives in a microtask, and only if the target has the named origin. */
function remote({ from, to, delivered }: Way): RemoteWindow {
  return {
    postMessage: (message, targetOrigin, transfer = []) => {
      if (!/^https?:\/\/[^/]+$/.test(targetOrigin)) throw new SyntaxError(`'${targetOrigin}' is not one origin`);
      const data: unknown = structuredClone(message);
      const { origin, source } = from();
      queueMicrotask(() => {
        const target = to();
        if (target?.origin !== targetOrigin) return;
        delivered.push(data);
        target.receive({ data, origin, source, ports: transfer as Port[] });
      });
    },
  };
}

/** A document inside an iframe. */
export class FakeEmbeddedWindow extends FakeWindow implements EmbeddedWindow {
  readonly parent: RemoteWindow;
  readonly MessageChannel = FakeMessageChannel;

  constructor(origin: string, parent: RemoteWindow) {
    super(origin);
    this.parent = parent;
  }
}

/** An iframe of a page: which document it shows can change, its window as seen by the page stays the same. */
export class FakeFrameWindow {
  /** What the page sees, `iframe.contentWindow`. */
  readonly contentWindow: RemoteWindow;
  /** What the iframe sees, `window.parent`. */
  readonly parent: RemoteWindow;
  document: FakeEmbeddedWindow | undefined;
  /** Everything that went through `window.postMessage`, in order of delivery. */
  readonly toFrame: unknown[] = [];
  readonly toPage: unknown[] = [];

  constructor(page: FakeWindow) {
    this.contentWindow = remote({
      from: () => ({ origin: page.origin, source: this.parent }),
      to: () => this.document,
      delivered: this.toFrame,
    });
    this.parent = remote({
      from: () => ({ origin: this.document?.origin ?? 'null', source: this.contentWindow }),
      to: () => page,
      delivered: this.toPage,
    });
  }

  /** Shows another document. */
  load(origin: string): FakeEmbeddedWindow {
    this.document = new FakeEmbeddedWindow(origin, this.parent);
    return this.document;
  }
}
