import type { ApiClient } from '@openvenue/api-client';
import {
  type AuthReason,
  type AuthState as BridgeAuthState,
  createEmbedEnd,
  type EmbedEnd,
  type HostMessage,
  type HostPayloads,
} from '@openvenue/bridge';
import type { Terminal } from '../terminal-context.ts';
import { localeOf } from '../ui-state/choices.ts';
import type { HostReports } from './host-reports.ts';
import { NoHostTokenError } from './no-host-token-error.ts';
import type { EmbedAuth } from './page-options.ts';
import { symbolOf } from './page-options.ts';
import type { AccessToken, AuthState } from './session.ts';

/** Wait for the embedding page's token, which it asks its own back end for. */
export const TOKEN_WAIT_MS = 30_000;

type HostToken = HostPayloads['auth_token'];

const STATES: Readonly<Record<AuthState['status'], BridgeAuthState>> = {
  'signed-out': 'anonymous',
  'signing-in': 'authenticating',
  'signed-in': 'authenticated',
};

/** The page around an embedded terminal: it gives tokens, hears what happens, and says what to show. */
export class EmbedHost implements HostReports {
  readonly #channelId: string;
  readonly #auth: EmbedAuth;
  readonly #end: EmbedEnd;
  #terminal: Terminal | undefined;
  #parentOrigin: string | undefined;
  #waiting: { readonly resolve: (token: HostToken) => void; readonly reject: (error: Error) => void } | undefined;
  #isReady = false;

  constructor(options: { readonly channelId: string; readonly auth: EmbedAuth }) {
    this.#channelId = options.channelId;
    this.#auth = options.auth;
    this.#end = createEmbedEnd({
      window,
      channelId: options.channelId,
      onConnect: (parentOrigin) => this.#connected(parentOrigin),
      onMessage: (message) => this.#received(message),
    });
  }

  /** Asks the page for a one-time token and exchanges it. @throws NoHostTokenError, and as the exchange */
  readonly signIn = async (client: ApiClient, reason: AuthReason): Promise<AccessToken> => {
    const token = await this.#ask(reason);
    return this.#exchange(client, token);
  };

  /** From now on the page hears of this terminal, and the terminal of the page. */
  attach(terminal: Terminal): void {
    this.#terminal = terminal;
    terminal.session.auth.subscribe((state) => {
      this.#tellAuth();
      if (state.status === 'signed-in') this.#tellReady();
    });
    terminal.market.symbol.subscribe((symbol) => this.#end.send({ type: 'symbol_changed', payload: { symbol } }));
    terminal.ui.subscribe(({ locale }, before) => {
      if (locale !== before.locale) this.#end.send({ type: 'locale_changed', payload: { locale } });
    });
    if (this.#parentOrigin !== undefined) this.#start();
  }

  orderCreated(payload: Parameters<HostReports['orderCreated']>[0]): void {
    this.#end.send({ type: 'order_created', payload });
  }

  orderFailed(payload: Parameters<HostReports['orderFailed']>[0]): void {
    this.#end.send({ type: 'order_failed', payload });
  }

  #connected(parentOrigin: string): void {
    this.#parentOrigin = parentOrigin;
    if (this.#terminal === undefined) return;
    // A page that connects anew has heard nothing of what was said before.
    this.#isReady = false;
    this.#start();
  }

  #start(): void {
    const terminal = this.#terminal;
    if (terminal === undefined) return;
    this.#tellAuth();
    if (this.#auth === 'none' || terminal.session.auth.getState().status === 'signed-in') {
      this.#tellReady();
      return;
    }
    if (this.#waiting !== undefined) {
      this.#end.send({ type: 'auth_request', payload: { reason: 'initial' } });
      return;
    }
    terminal.session.resume().then(
      (isSignedIn) => {
        if (!isSignedIn) this.#tellFailed('the venue refused the token');
      },
      (error: unknown) => this.#signInFailed(error),
    );
  }

  /** A page that gave no token knows why. */
  #signInFailed(error: unknown): void {
    if (error instanceof NoHostTokenError) this.#end.send({ type: 'auth_state', payload: { state: 'failed' } });
    else this.#tellFailed(error instanceof Error ? error.message : String(error));
  }

  #received(message: HostMessage): void {
    const terminal = this.#terminal;
    if (terminal === undefined) return;
    switch (message.type) {
      case 'auth_token':
        this.#tokenCame(terminal, message.payload);
        return;
      case 'auth_failed':
        this.#waiting?.reject(new NoHostTokenError(message.payload.code));
        return;
      case 'set_symbol':
        terminal.market.select(symbolOf(message.payload.symbol));
        return;
      case 'set_theme':
        terminal.ui.setState({ theme: message.payload.theme });
        return;
      case 'set_locale':
        terminal.ui.setState({ locale: localeOf(message.payload.locale) });
        return;
      case 'destroy':
        terminal.session.close();
        this.#end.close();
    }
  }

  /** One that nobody has asked for is the page's own wish to sign in anew. */
  #tokenCame(terminal: Terminal, token: HostToken): void {
    if (this.#waiting !== undefined) {
      this.#waiting.resolve(token);
      return;
    }
    terminal.session
      .enter(() => this.#exchange(terminal.session.client, token))
      .catch((error: unknown) => this.#signInFailed(error));
  }

  #ask(reason: AuthReason): Promise<HostToken> {
    const { promise, resolve, reject } = Promise.withResolvers<HostToken>();
    const timer = setTimeout(() => reject(new NoHostTokenError('it did not answer')), TOKEN_WAIT_MS);
    this.#waiting = { resolve, reject };
    this.#end.send({ type: 'auth_request', payload: { reason } });
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting = undefined;
    });
  }

  #exchange(client: ApiClient, { embedToken }: HostToken): Promise<AccessToken> {
    const embedOrigin = this.#parentOrigin;
    return client.session.exchangeEmbedToken(
      { embedToken, channelId: this.#channelId },
      embedOrigin === undefined ? {} : { embedOrigin },
    );
  }

  #tellAuth(): void {
    const state = this.#terminal?.session.auth.getState();
    if (state === undefined) return;
    const hasEnded = state.status === 'signed-out' && state.reason === 'ended';
    this.#end.send({ type: 'auth_state', payload: { state: hasEnded ? 'failed' : STATES[state.status] } });
  }

  #tellReady(): void {
    const terminal = this.#terminal;
    if (terminal === undefined || this.#isReady) return;
    this.#isReady = this.#end.send({ type: 'ready', payload: { symbol: terminal.market.symbol.getState() } });
  }

  #tellFailed(detail: string): void {
    this.#end.send({ type: 'auth_state', payload: { state: 'failed' } });
    this.#end.send({
      type: 'error',
      payload: { code: 'auth_exchange_failed', message: 'the user could not be signed in', detail },
    });
  }
}
