import type { AuthState, EmbedMessage, HostMessage, SetTimer } from '@openvenue/bridge';
import { findContainer } from './container.ts';
import { embedUrl } from './embed-url.ts';
import type { Emitter } from './emitter.ts';
import { requestEntryUrl } from './entry-url.ts';
import { type FrameSession, openFrameSession } from './frame-session.ts';
import type { Host } from './host.ts';
import type { Settings } from './options.ts';
import type { Status } from './status.ts';
import { createTokenSource } from './token-source.ts';
import type { ContainerElement, TokenProvider, WidgetError } from './types.ts';

interface TerminalOptions {
  readonly host: Host;
  readonly target: unknown;
  readonly settings: Settings;
  readonly channelId: string;
  readonly emitter: Emitter;
  readonly status: Status;
  readonly setTimer: SetTimer;
}

/** The embedded terminal, from finding its container to the last message. */
export interface Terminal {
  /** Loads the iframe, anew if there is one. */
  start(): void;
  /** Sends a command, or keeps it until the terminal is ready. */
  command(message: HostMessage): void;
  refreshAuth(reason: string): void;
  setTokenProvider(provider: TokenProvider): void;
  resize(): void;
  /** Takes the iframe away for good. */
  stop(): void;
}

export function createTerminal(options: TerminalOptions): Terminal {
  const { host, target, settings, channelId, emitter, status, setTimer } = options;
  const { auth, baseUrl } = settings;
  /** What waits for `ready`. The latest of a kind replaces the one before, so it holds at most one of each. */
  const queue = new Map<HostMessage['type'], () => void>();
  let session: FrameSession | undefined;
  let authState: AuthState = 'anonymous';
  /** Tells a start that was overtaken, by another or by the end. */
  let starts = 0;

  const tokens = createTokenSource({
    setTimer,
    request: (reason) => ({ channelId, symbol: settings.symbol, reason }),
    onToken: (payload) => session?.send({ type: 'auth_token', payload }),
    onFailure: (error) => {
      status.fail(error);
      session?.send({ type: 'auth_failed', payload: { code: error.code } });
    },
  });
  if (auth?.mode === 'partner-token') tokens.setProvider(auth.tokenProvider);

  const requestToken = (reason: string): void => {
    if (status.get() !== 'ready') status.set('authenticating');
    tokens.request(reason);
  };

  const receive = (message: EmbedMessage): void => {
    switch (message.type) {
      case 'auth_request':
        if (auth?.mode !== 'agent-sso') requestToken(message.payload.reason);
        else if (status.get() === 'ready') start();
        // A terminal that was entered with a ticket and still has no session would ask for ever.
        else status.fail({ code: 'auth_exchange_failed', message: 'the entry URL did not sign the user in' });
        break;
      case 'auth_state': {
        const previous = authState;
        authState = message.payload.state;
        if (authState !== previous)
          emitter.emit({ type: 'auth_state_changed', payload: { state: authState, previous } });
        break;
      }
      case 'ready':
        if (status.get() === 'ready') break;
        status.set('ready');
        for (const command of queue.values()) command();
        queue.clear();
        emitter.emit({ type: 'ready', payload: { channelId, symbol: message.payload.symbol } });
        break;
      case 'error': {
        const { detail, ...error } = message.payload;
        status.fail(detail === '' ? error : { ...error, detail });
        break;
      }
      default:
        if (message.type === 'symbol_changed') settings.symbol = message.payload.symbol;
        if (message.type === 'locale_changed') settings.locale = message.payload.locale;
        emitter.emit(message);
    }
  };

  const open = (container: ContainerElement, origin: string, src: string): void => {
    session = openFrameSession(host, {
      container,
      src,
      origin,
      width: settings.width,
      height: settings.height,
      channelId,
      setTimer,
      onLoad: () => {
        if (status.get() === 'ready') status.set('loading');
      },
      onMessage: receive,
      onFailure: status.fail,
    });
  };

  /** Returns what stands in the way. */
  const load = (): readonly WidgetError[] => {
    if (baseUrl === undefined || settings.fatal.length > 0) return settings.fatal;
    const found = findContainer(host, target, settings.height);
    if (!found.ok) return [found.error];
    const { origin } = baseUrl;
    const url = embedUrl(baseUrl, settings, channelId);
    if (auth?.mode !== 'agent-sso') {
      open(found.container, origin, url.href);
      return [];
    }
    const started = starts;
    status.set('authenticating');
    if (started !== starts) return [];
    const redirectPath = url.pathname + url.search;
    void requestEntryUrl(auth.entryUrlProvider, { redirectPath, origin, setTimer }).then((entry) => {
      if (started !== starts) return;
      if ('error' in entry) status.fail(entry.error);
      // Until the entry leads on to the terminal's address, the fragment tells that page whom it may speak to.
      else open(found.container, origin, `${entry.value.href}#${channelId}`);
    });
    return [];
  };

  const leave = (): void => {
    starts += 1;
    session?.close();
    session = undefined;
    queue.clear();
  };
  const start = (): void => {
    leave();
    const started = starts;
    status.set('loading');
    // A handler that heard of it may have destroyed the widget or started it anew.
    if (started === starts) load().forEach(status.fail);
  };

  return {
    start,
    command: (message) => {
      if (status.get() !== 'ready' || !session?.send(message)) queue.set(message.type, () => session?.send(message));
    },
    refreshAuth: (reason) => {
      if (auth?.mode === 'agent-sso') {
        if (status.get() !== 'authenticating') start();
      } else if (session?.connected) requestToken(reason);
      else queue.set('auth_token', () => tokens.request(reason));
    },
    setTokenProvider: tokens.setProvider,
    resize: () => session?.setSize(settings.width, settings.height),
    stop: () => {
      session?.send({ type: 'destroy', payload: {} });
      leave();
      tokens.stop();
    },
  };
}
