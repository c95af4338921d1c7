import { ToastRegion } from '@openvenue/ui';
import { useEffect, useLayoutEffect } from 'react';
import { useText } from '../i18n/index.ts';
import { useSymbol, useSymbolParameters, useSymbols } from '../market/use-market.ts';
import { useTerminal, useUi } from '../terminal-context.ts';
import { AccountEffects } from '../trading/index.ts';
import { StaleBar } from './connection-state.tsx';
import { DesktopLayout } from './desktop-layout.tsx';
import { Header } from './header.tsx';
import { SignInDialog } from './sign-in.tsx';
import { TabbedLayout } from './tabbed-layout.tsx';
import { useMedia } from './use-media.ts';

const WIDE = '(min-width: 1024px)';

/** The whole screen. */
export function App() {
  const text = useText();
  const { isEmbedded } = useTerminal();
  const layout = useUi((state) => state.layout);
  const isWide = useMedia(WIDE);
  const isTabbed = !isWide || layout === 'compact';
  usePageAttributes();
  useSymbolPath();
  return (
    <div className="flex h-dvh flex-col gap-1 overflow-hidden bg-page text-body text-text">
      <StaleBar />
      <Header isTabbed={isTabbed} />
      <UnknownSymbol />
      {isTabbed ? <TabbedLayout /> : <DesktopLayout />}
      <AccountEffects />
      {!isEmbedded && <SignInDialog />}
      <ToastRegion label={text.common.notifications} closeLabel={text.common.close} />
    </div>
  );
}

/** Tells what is wrong when the address names a symbol that is not listed. */
function UnknownSymbol() {
  const text = useText();
  const symbol = useSymbol();
  const symbols = useSymbols();
  const { market } = useTerminal();
  const parameters = useSymbolParameters();
  if (symbols.status === 'failed') {
    return (
      <p role="alert" className="flex shrink-0 items-center justify-center gap-3 bg-warn-surface px-3 py-1 text-warn">
        {text.symbols.failed}
        <button type="button" className="h-6 underline max-sm:h-11" onClick={() => void market.loadSymbols()}>
          {text.common.retry}
        </button>
      </p>
    );
  }
  if (symbols.status !== 'ready' || parameters !== undefined) return null;
  return (
    <p role="alert" className="shrink-0 bg-warn-surface px-3 py-1 text-center text-warn">
      {text.symbols.unknown(symbol)}
    </p>
  );
}

/** The style sheet follows attributes of the page; the language is for readers of the screen. */
function usePageAttributes(): void {
  const theme = useUi((state) => state.theme);
  const palette = useUi((state) => state.palette);
  const locale = useUi((state) => state.locale);
  useLayoutEffect(() => {
    const page = document.documentElement;
    page.dataset['theme'] = theme;
    page.dataset['palette'] = palette;
    page.lang = locale;
  }, [theme, palette, locale]);
}

/** The address names the symbol, so that it can be kept and sent. What else it has asked for is the user's to change now. */
function useSymbolPath(): void {
  const { isEmbedded } = useTerminal();
  const symbol = useSymbol();
  useEffect(() => {
    const path = `/trade/${symbol}`;
    if (!isEmbedded && location.pathname + location.search !== path) history.replaceState(null, '', path);
  }, [isEmbedded, symbol]);
}
