import { browserHost } from './browser-host.ts';
import { createLoader, type TradingWidgetLoader } from './loader.ts';

declare global {
  interface Window {
    TradingWidget: TradingWidgetLoader;
  }
}

// Only while the script runs does the page say which script it is.
const script = document.currentScript;
const source = script instanceof HTMLScriptElement && script.src !== '' ? new URL(script.src).origin : undefined;

window.TradingWidget = createLoader(browserHost, source);
