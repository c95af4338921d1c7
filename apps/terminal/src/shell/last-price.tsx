import { classNames } from '@openvenue/ui';
import { useEffect } from 'react';
import { fixed, NO_VALUE } from '../format/decimal-text.ts';
import { useText } from '../i18n/index.ts';
import { useSymbol, useSymbolParameters, useTape, useTicker } from '../market/use-market.ts';

/** The last price, on the screen and in the title of the page. */
export function LastPrice() {
  const text = useText();
  const symbol = useSymbol();
  const places = useSymbolParameters()?.pricePrecision ?? 2;
  const trade = useTape().trades[0];
  const ticker = useTicker();
  const last = trade?.price ?? ticker?.lastPrice;
  const shown = last === undefined || last === '0' ? NO_VALUE : fixed(last, places);
  useEffect(() => {
    document.title = `${shown} ${symbol} · ${text.product}`;
  }, [shown, symbol, text.product]);
  return (
    <span
      title={text.market.last}
      className={classNames(
        'shrink-0 text-lg font-semibold tabular-nums',
        trade !== undefined && (trade.side === 'BUY' ? 'text-up' : 'text-down'),
      )}
    >
      {shown}
    </span>
  );
}
