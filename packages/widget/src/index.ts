import { browserHost } from './browser-host.ts';
import { createLoader, type TradingWidgetLoader } from './loader.ts';

export type { AuthState, Locale, OrderCreated, OrderFailed, Theme } from '@openvenue/bridge';
export type { TradingWidgetLoader } from './loader.ts';
export type * from './types.ts';

/** Embeds the trading terminal: `TradingWidget.create('#trading', { baseUrl: 'https://venue.example' })`. */
export const TradingWidget: TradingWidgetLoader = createLoader(browserHost, undefined);
