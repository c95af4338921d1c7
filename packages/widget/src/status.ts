import { type Emitter, widgetFailure } from './emitter.ts';
import type { WidgetError, WidgetState } from './types.ts';

export interface Status {
  get(): WidgetState;
  set(next: WidgetState): void;
  /** Emits the error. Until the terminal is ready it also is the state; a ready terminal goes on. */
  fail(error: WidgetError): void;
  whenReady(): Promise<void>;
}

/** The state of a widget and those who wait for it. `destroyed` is final. */
export function createStatus(emitter: Emitter): Status {
  let state: WidgetState = 'loading';
  let failure: Error | undefined;
  let waiting: Promise<void> | undefined;
  let settle: ((error?: Error) => void) | undefined;

  const wait = (): Promise<void> =>
    new Promise((resolve, reject) => {
      settle = (error) => {
        waiting = settle = undefined;
        if (error === undefined) resolve();
        else reject(error);
      };
    });
  const set = (next: WidgetState): void => {
    if (state === next || state === 'destroyed') return;
    const previous = state;
    state = next;
    if (next === 'ready') settle?.();
    if (next === 'error') settle?.(failure);
    if (next === 'destroyed') settle?.(new Error('TradingWidget: destroyed before it was ready'));
    emitter.emit({ type: 'state_changed', payload: { state, previous } });
  };

  return {
    get: () => state,
    set,
    fail: (error) => {
      if (state === 'destroyed') return;
      if (state !== 'ready') {
        failure = widgetFailure(error);
        set('error');
      }
      emitter.emit({ type: 'error', payload: error });
    },
    whenReady: () => {
      if (state === 'ready' || state === 'destroyed') return Promise.resolve();
      waiting ??= wait();
      const promise = waiting;
      // Whoever asked sees the rejection; for one that asked and forgot, the error event is enough.
      promise.catch(() => {});
      if (state === 'error') settle?.(failure);
      return promise;
    },
  };
}
