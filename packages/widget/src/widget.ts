import { createEmitter } from './emitter.ts';
import type { Host } from './host.ts';
import { type FieldName, readField, readOptions, type ValueOf } from './options.ts';
import { createStatus } from './status.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { createTimers } from './timers.ts';
import type { WidgetInstance } from './types.ts';

interface Creation {
  readonly target: unknown;
  readonly options: unknown;
  readonly defaultBaseUrl: string | undefined;
}

/** Makes one widget; `host` is absent where there is no page, and the widget then only says so. */
export function createWidget(host: Host | undefined, { target, options, defaultBaseUrl }: Creation): WidgetInstance {
  const settings = readOptions(options, { baseUrl: defaultBaseUrl, language: host?.language ?? '' });
  const emitter = createEmitter((error) => host?.report(error));
  const status = createStatus(emitter);
  const timers = host && createTimers(host.setTimer);
  const channelId = `tw_${host?.randomId() ?? ''}`;
  const terminal: Terminal | undefined =
    host && timers && createTerminal({ host, target, settings, channelId, emitter, status, setTimer: timers.setTimer });

  const start = (): void => {
    if (terminal !== undefined) terminal.start();
    else status.fail({ code: 'unsupported', message: 'there is no browser window, or it lacks MessageChannel' });
  };
  /** Hands on what may stand in an option of that name, and reports what may not. */
  const whenValid = <N extends FieldName>(name: N, value: unknown, use: (read: ValueOf<N>) => void): void => {
    const read = readField(name, value);
    if ('error' in read) emitter.emit({ type: 'error', payload: read.error });
    else use(read.value);
  };
  /** A method that does nothing after `destroy`. */
  const live =
    <A extends unknown[]>(method: (...given: A) => void) =>
    (...given: A): void => {
      if (status.get() !== 'destroyed') method(...given);
    };

  const instance: WidgetInstance = {
    destroy: live(() => {
      terminal?.stop();
      timers?.cancelAll();
      status.set('destroyed');
      emitter.emit({ type: 'destroyed', payload: { channelId } });
      emitter.release();
    }),
    getState: status.get,
    whenReady: status.whenReady,
    setSymbol: live((value) =>
      whenValid('symbol', value, (symbol) => {
        settings.symbol = symbol;
        terminal?.command({ type: 'set_symbol', payload: { symbol } });
      }),
    ),
    setTheme: live((value) =>
      whenValid('theme', value, (theme) => {
        settings.theme = theme;
        terminal?.command({ type: 'set_theme', payload: { theme } });
      }),
    ),
    setLocale: live((value) =>
      whenValid('locale', value, (locale) => {
        settings.locale = locale;
        terminal?.command({ type: 'set_locale', payload: { locale } });
      }),
    ),
    setSize: live((givenWidth, givenHeight) =>
      whenValid('width', givenWidth, (width) =>
        whenValid('height', givenHeight, (height) => {
          settings.width = width;
          settings.height = height;
          terminal?.resize();
        }),
      ),
    ),
    reload: live(start),
    // Attached to a button, it is called with an event.
    refreshAuth: live((reason) => terminal?.refreshAuth(typeof reason === 'string' ? reason : 'manual')),
    setTokenProvider: live((provider) =>
      whenValid('tokenProvider', provider, () => terminal?.setTokenProvider(provider)),
    ),
    on: (event, handler) => {
      let unsubscribe = (): void => {};
      if (status.get() === 'destroyed') return unsubscribe;
      whenValid('handler', handler, () => {
        unsubscribe = emitter.on(event, handler);
      });
      return unsubscribe;
    },
  };

  if (settings.onReady !== undefined) emitter.on('ready', settings.onReady);
  if (settings.onError !== undefined) emitter.on('error', settings.onError);
  for (const error of settings.minor) emitter.emit({ type: 'error', payload: error });
  start();
  queueMicrotask(emitter.release);
  return instance;
}
