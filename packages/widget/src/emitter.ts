import type { MessageOf } from '@openvenue/bridge';
import type { WidgetError, WidgetEvents } from './types.ts';

type Handler = (event: never) => void;

/** An event with its payload. */
export type WidgetEvent = MessageOf<WidgetEvents>;

export interface Emitter {
  on<E extends keyof WidgetEvents>(event: E, handler: (event: WidgetEvents[E]) => void): () => void;
  emit(event: WidgetEvent): void;
  /** Delivers what was held back, and from now on at once. */
  release(): void;
}

/**
 * Events in the order they were emitted, also when a handler causes the next one. Until `release` they wait, so that
 * handlers attached right after `create` miss none. A handler that throws is reported and stops no other; so is an
 * `error` that nobody handles. After `destroyed` nothing is delivered any more.
 */
export function createEmitter(report: (error: unknown) => void): Emitter {
  const handlers = new Map<keyof WidgetEvents, Set<Handler>>();
  const waiting: WidgetEvent[] = [];
  let held = true;
  let draining = false;
  let ended = false;

  const deliver = ({ type, payload }: WidgetEvent): void => {
    if (ended) return;
    // The handlers of a type take its payload: `on` attached them.
    const called = [...(handlers.get(type) ?? [])] as ((payload: unknown) => void)[];
    if (type === 'destroyed') {
      ended = true;
      handlers.clear();
    }
    if (type === 'error' && called.length === 0) report(widgetFailure(payload));
    for (const handler of called) {
      try {
        handler(payload);
      } catch (error) {
        report(error);
      }
    }
  };
  const drain = (): void => {
    if (held || draining) return;
    draining = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) deliver(next);
    draining = false;
  };

  return {
    on: (event, handler) => {
      // A function of its own, so that one handler attached twice is detached one by one.
      const own: typeof handler = (payload) => handler(payload);
      const set = handlers.get(event) ?? new Set();
      handlers.set(event, set.add(own));
      return () => {
        set.delete(own);
      };
    },
    emit: (event) => {
      waiting.push(event);
      drain();
    },
    release: () => {
      held = false;
      drain();
    },
  };
}

/** An `error` event as something that can be thrown. */
export function widgetFailure({ code, message, detail }: WidgetError): Error & WidgetError {
  return Object.assign(new Error(`TradingWidget: ${message}`), { code, detail });
}
