import type { Settings } from './options.ts';

/** The iframe's address. It never holds a token. */
export function embedUrl(baseUrl: URL, settings: Settings, channelId: string): URL {
  const url = new URL('embed', baseUrl);
  url.search = new URLSearchParams({
    symbol: settings.symbol,
    theme: settings.theme,
    locale: settings.locale,
    layout: settings.layout,
    showHeader: String(settings.showHeader),
    showTicker: String(settings.showTicker),
    hidden: settings.hidden.join(','),
    channelId,
    auth: settings.auth?.mode ?? 'none',
  }).toString();
  return url;
}
