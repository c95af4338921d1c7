import { createEmbedEnd, type EmbedEnd, type EmbedMessage, type HostMessage } from '@openvenue/bridge';
import { FakeFrameWindow, FakeTimers, FakeWindow, settle } from '@openvenue/bridge/testing';
import type { Frame, FrameOptions, Host } from '../host.ts';
import type { ContainerElement } from '../types.ts';

export const PAGE = 'https://partner.example';
export const VENUE = 'https://venue.example';

/** An element with as much layout as the widget looks at. */
export class FakeElement implements ContainerElement {
  isConnected = true;
  width = 800;
  height = 600;
  rendered = true;
  hidden = false;

  getClientRects(): { readonly length: number } {
    return { length: this.rendered ? 1 : 0 };
  }

  getBoundingClientRect(): { readonly width: number; readonly height: number } {
    return { width: this.width, height: this.height };
  }
}

/** An iframe whose document the test loads. */
export class FakeFrame implements Frame {
  readonly window: FakeFrameWindow;
  readonly container: ContainerElement;
  readonly src: URL;
  width: string;
  height: string;
  removed = false;
  readonly #onLoad: () => void;

  constructor(page: FakeWindow, container: ContainerElement, options: FrameOptions) {
    this.window = new FakeFrameWindow(page);
    this.container = container;
    this.src = new URL(options.src);
    this.width = options.width;
    this.height = options.height;
    this.#onLoad = options.onLoad;
  }

  get contentWindow() {
    return this.removed ? null : this.window.contentWindow;
  }

  setSize(width: string, height: string): void {
    this.width = width;
    this.height = height;
  }

  remove(): void {
    this.removed = true;
    this.window.document = undefined;
  }

  /** The document of the iframe's address is loaded, without anything that listens in it. */
  showDocument(origin: string = VENUE): void {
    this.window.load(origin);
    this.#onLoad();
  }

  /** The terminal is loaded and connected. */
  async showTerminal(): Promise<FakeTerminal> {
    this.window.load(VENUE);
    const terminal = new FakeTerminal(this);
    this.#onLoad();
    await settle();
    return terminal;
  }
}

/** The other end of a widget: what the terminal in the iframe hears and says. */
export class FakeTerminal {
  readonly heard: HostMessage[] = [];
  readonly end: EmbedEnd;

  constructor(frame: FakeFrame) {
    const { document } = frame.window;
    if (document === undefined) throw new Error('the iframe shows no document');
    this.end = createEmbedEnd({
      window: document,
      channelId: frame.src.searchParams.get('channelId') ?? '',
      onConnect: () => undefined,
      onMessage: (message) => this.heard.push(message),
    });
  }

  async say(message: EmbedMessage): Promise<void> {
    if (!this.end.send(message)) throw new Error(`${message.type} was not sent`);
    await settle();
  }

  async sayReady(symbol = 'BTCUSDT'): Promise<void> {
    await this.say({ type: 'ready', payload: { symbol } });
  }
}

/** A page with one element, `#trading`. */
export class FakePage implements Host {
  readonly window = new FakeWindow(PAGE);
  readonly timers = new FakeTimers();
  readonly setTimer = this.timers.setTimer;
  readonly element = new FakeElement();
  readonly frames: FakeFrame[] = [];
  readonly reported: unknown[] = [];
  language = 'en-GB';
  #ids = 0;

  readonly randomId = (): string => {
    this.#ids += 1;
    return `id${this.#ids}`;
  };

  find(selector: string): ContainerElement | null {
    return selector === '#trading' ? this.element : null;
  }

  isHidden(container: ContainerElement): boolean {
    return container instanceof FakeElement && container.hidden;
  }

  mountFrame(container: ContainerElement, options: FrameOptions): Frame {
    const frame = new FakeFrame(this.window, container, options);
    this.frames.push(frame);
    return frame;
  }

  report(error: unknown): void {
    this.reported.push(error);
  }

  /** The iframe that was made last. */
  get frame(): FakeFrame {
    const frame = this.frames.at(-1);
    if (frame === undefined) throw new Error('there is no iframe');
    return frame;
  }
}
