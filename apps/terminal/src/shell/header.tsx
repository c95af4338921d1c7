import { Badge } from '@openvenue/ui';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../i18n/index.ts';
import { useSymbol } from '../market/use-market.ts';
import { useTerminal, useUi } from '../terminal-context.ts';
import { ConnectionState } from './connection-state.tsx';
import { LastPrice } from './last-price.tsx';
import { MarketFigures } from './market-figures.tsx';
import { SettingsButtons } from './settings.tsx';
import { SignInButton } from './sign-in.tsx';
import { SymbolSelect } from './symbol-select.tsx';

/** The market above its panels. An embedding page decides how much of it there is. */
export function Header({ isTabbed }: { readonly isTabbed: boolean }) {
  const text = useText();
  const { isEmbedded, returnUrl } = useTerminal();
  const symbol = useSymbol();
  const showHeader = useUi((state) => state.showHeader);
  const showTicker = useUi((state) => state.showTicker);
  if (!showHeader && !showTicker) return null;
  return (
    <header className="shrink-0 bg-panel">
      <h1 className="sr-only">{text.market.heading(symbol)}</h1>
      <div className="flex h-12 items-center gap-3 px-3 max-sm:gap-1.5 max-sm:px-2">
        {returnUrl !== undefined && (
          <a href={returnUrl} className="flex h-7 shrink-0 items-center gap-1 text-accent hover:underline max-sm:h-11">
            <ArrowLeft aria-hidden className="size-3.5" />
            {text.signIn.back}
          </a>
        )}
        {showHeader ? <SymbolSelect /> : <span className="shrink-0 text-base font-semibold">{symbol}</span>}
        <LastPrice />
        {showTicker && !isTabbed && <MarketFigures />}
        <span className="grow" />
        <SimulatedBadge />
        <ConnectionState />
        {showHeader && <SettingsButtons />}
        {showHeader && !isEmbedded && <SignInButton />}
      </div>
      {showTicker && isTabbed && (
        <div className="border-t border-line px-3 py-1.5">
          <MarketFigures />
        </div>
      )}
    </header>
  );
}

/** Says that the market is not a real one, where it is not. */
function SimulatedBadge() {
  const text = useText();
  const { session } = useTerminal();
  const [isSimulated, setIsSimulated] = useState(false);
  useEffect(() => {
    session.client.venue.version().then(
      ({ market }) => setIsSimulated(market === 'simulated'),
      // The connection's state tells that the venue cannot be reached.
      () => setIsSimulated(false),
    );
  }, [session]);
  if (!isSimulated) return null;
  return (
    <span title={text.market.simulatedHint} className="max-xl:hidden">
      <Badge tone="warn">{text.market.simulated}</Badge>
    </span>
  );
}
