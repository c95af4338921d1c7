import { createLoader } from '../loader.ts';
import type { WidgetEvents, WidgetInstance, WidgetOptions } from '../types.ts';
import { FakePage, VENUE } from './fake-page.ts';

const EVENTS: readonly (keyof WidgetEvents)[] = [
  'ready',
  'error',
  'state_changed',
  'auth_state_changed',
  'symbol_changed',
  'locale_changed',
  'order_created',
  'order_failed',
  'destroyed',
];

export interface Recorded {
  readonly page: FakePage;
  readonly widget: WidgetInstance;
  /** Every event in order. */
  readonly events: { readonly type: keyof WidgetEvents; readonly payload: unknown }[];
  /** The codes of the errors, in order. */
  readonly errors: () => string[];
  readonly messages: () => string[];
}

/** Makes a widget on a fake page and writes down all it emits. */
export function record(options?: unknown, target: unknown = '#trading', page = new FakePage()): Recorded {
  const { create } = createLoader(() => page, VENUE);
  // Partners write JavaScript too: the tests pass what the types refuse.
  const widget = create(target as string, options as WidgetOptions);
  const events: Recorded['events'] = [];
  for (const type of EVENTS) widget.on(type, (payload) => events.push({ type, payload }));
  const errors = () =>
    events.flatMap(({ type, payload }) => (type === 'error' ? [payload as WidgetEvents['error']] : []));
  return {
    page,
    widget,
    events,
    errors: () => errors().map(({ code }) => code),
    messages: () => errors().map(({ message }) => message),
  };
}
