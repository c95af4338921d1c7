import type { ReactNode } from 'react';
import { compactAmount, directionOf, fixed, NO_VALUE, percentOfRatio, signed } from '../format/decimal-text.ts';
import { countdown } from '../format/time-text.ts';
import { useText } from '../i18n/index.ts';
import type { Ticker } from '../market/ticker.ts';
import { useSymbolParameters, useTicker } from '../market/use-market.ts';
import { useNow } from './use-now.ts';

/** Colour of a rise or a fall; none without either. */
export const directionClass = (direction: -1 | 0 | 1): string => ['text-down', '', 'text-up'][direction + 1] ?? '';

/** Mark, index, funding and the figures of the day. */
export function MarketFigures() {
  const text = useText();
  const ticker = useTicker();
  const places = useSymbolParameters()?.pricePrecision ?? 2;
  const base = useSymbolParameters()?.baseAsset ?? '';
  const price = (value: string | undefined) => (value === undefined || value === '0' ? NO_VALUE : fixed(value, places));
  return (
    <section
      aria-label={text.market.figures}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard.
      tabIndex={0}
      className="min-w-0 overflow-x-auto outline-offset-[-2px] [scrollbar-width:none]"
    >
      <dl className="flex h-full items-center gap-5">
        <Figure label={text.market.mark}>{price(ticker?.markPrice)}</Figure>
        <Figure label={text.market.index}>{price(ticker?.indexPrice)}</Figure>
        {ticker !== undefined && ticker.nextFundingTime > 0 && (
          <Figure label={text.market.funding}>
            <Funding ticker={ticker} />
          </Figure>
        )}
        <Figure label={text.market.change}>
          <span className={directionClass(directionOf(ticker?.priceChange ?? '0'))}>
            {ticker === undefined || ticker.openPrice === '0'
              ? NO_VALUE
              : `${signed(ticker.priceChange, places)} (${signed(ticker.priceChangePercent, 2)}%)`}
          </span>
        </Figure>
        <Figure label={text.market.high}>{price(ticker?.highPrice)}</Figure>
        <Figure label={text.market.low}>{price(ticker?.lowPrice)}</Figure>
        <Figure label={text.market.volume}>
          {ticker === undefined ? NO_VALUE : compactAmount(ticker.quoteVolume)}
        </Figure>
        <Figure label={text.market.openInterest}>
          {ticker === undefined ? NO_VALUE : `${compactAmount(ticker.openInterest)} ${base}`}
        </Figure>
      </dl>
    </section>
  );
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="shrink-0 whitespace-nowrap">
      <dt className="text-label text-muted">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

function Funding({ ticker }: { readonly ticker: Ticker }) {
  const now = useNow();
  return (
    <span className="text-warn">
      {percentOfRatio(ticker.fundingRate, 4)} / {countdown(ticker.nextFundingTime - now)}
    </span>
  );
}
