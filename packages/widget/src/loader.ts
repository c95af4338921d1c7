import type { Host } from './host.ts';
import type { ContainerElement, WidgetInstance, WidgetOptions } from './types.ts';
import { createWidget } from './widget.ts';

/** The global of the script, and the export of the module. */
export interface TradingWidgetLoader {
  /**
   * Puts a trading terminal into an element of the page. It never throws: what is wrong arrives as `error` events, after
   * the caller had the time to attach handlers.
   */
  create(target: string | ContainerElement, options?: WidgetOptions): WidgetInstance;
}

/** `defaultBaseUrl` is used where the options have none. The page is looked at when a widget is created, not before. */
export function createLoader(host: () => Host | undefined, defaultBaseUrl: string | undefined): TradingWidgetLoader {
  return Object.freeze({
    create: (target: string | ContainerElement, options?: WidgetOptions) =>
      createWidget(host(), { target, options, defaultBaseUrl }),
  });
}
