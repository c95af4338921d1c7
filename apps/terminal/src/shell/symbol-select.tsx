import { Badge, classNames, Dialog, EmptyState, ErrorState, LoadingState } from '@openvenue/ui';
import { ChevronDown, Star } from 'lucide-react';
import { useState } from 'react';
import { directionOf, fixed, NO_VALUE, signed } from '../format/decimal-text.ts';
import { useText } from '../i18n/index.ts';
import type { SymbolParameters } from '../market/ticker.ts';
import { useSymbol, useSymbolParameters, useSymbols, useTickers } from '../market/use-market.ts';
import { useTerminal, useUi } from '../terminal-context.ts';
import { directionClass } from './market-figures.tsx';

/** Shows the current symbol; a click opens the list of all. */
export function SymbolSelect() {
  const text = useText();
  const symbol = useSymbol();
  const parameters = useSymbolParameters();
  const [isOpen, setIsOpen] = useState(false);
  const maxLeverage = parameters?.leverageTiers[0]?.maxLeverage;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
        className="flex h-8 shrink-0 items-center gap-1.5 rounded px-1 hover:bg-raised max-sm:h-11"
      >
        <span className="text-base font-semibold">{symbol}</span>
        <span className="sr-only">{text.symbols.choose}</span>
        {maxLeverage !== undefined && <Badge>{maxLeverage}x</Badge>}
        <ChevronDown aria-hidden className="size-4 text-muted" />
      </button>
      <Dialog
        title={text.symbols.title}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        closeLabel={text.common.close}
      >
        <SymbolList onChosen={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

function SymbolList({ onChosen }: { readonly onChosen: () => void }) {
  const text = useText();
  const { market } = useTerminal();
  const symbols = useSymbols();
  const favourites = useUi((state) => state.favourites);
  const [search, setSearch] = useState('');
  if (symbols.status === 'loading') return <LoadingState label={text.common.loading} />;
  if (symbols.status === 'failed') {
    return (
      <ErrorState
        message={text.symbols.failed}
        retryLabel={text.common.retry}
        onRetry={() => void market.loadSymbols()}
      />
    );
  }
  const isFavourite = ({ symbol }: SymbolParameters) => favourites.includes(symbol);
  const found = symbols.list.filter(({ symbol }) => symbol.includes(search.trim().toUpperCase()));
  const listed = [...found.filter(isFavourite), ...found.filter((each) => !isFavourite(each))];
  return (
    <>
      <input
        type="search"
        aria-label={text.symbols.search}
        placeholder={text.symbols.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="mb-2 h-9 w-full rounded border border-line-input bg-inset px-2 placeholder:text-muted max-sm:h-11 max-sm:text-base"
      />
      {listed.length === 0 ? (
        <EmptyState>{text.symbols.none}</EmptyState>
      ) : (
        <ul className="max-h-[50vh] overflow-y-auto">
          {listed.map((each) => (
            <SymbolRow key={each.symbol} parameters={each} isFavourite={isFavourite(each)} onChosen={onChosen} />
          ))}
        </ul>
      )}
    </>
  );
}

interface SymbolRowProps {
  readonly parameters: SymbolParameters;
  readonly isFavourite: boolean;
  readonly onChosen: () => void;
}

function SymbolRow({ parameters, isFavourite, onChosen }: SymbolRowProps) {
  const text = useText();
  const { market, ui } = useTerminal();
  const { symbol, pricePrecision } = parameters;
  const ticker = useTickers().get(symbol);
  const current = useSymbol();
  const toggle = () =>
    ui.setState(({ favourites }) => ({
      favourites: isFavourite ? favourites.filter((each) => each !== symbol) : [...favourites, symbol],
    }));
  const choose = () => {
    market.select(symbol);
    onChosen();
  };
  return (
    <li className="flex items-center">
      <button
        type="button"
        aria-label={text.symbols.favourite(symbol)}
        aria-pressed={isFavourite}
        onClick={toggle}
        className="flex size-9 shrink-0 items-center justify-center rounded text-muted hover:text-text max-sm:size-11"
      >
        <Star aria-hidden className={classNames('size-3.5', isFavourite && 'fill-warn text-warn')} />
      </button>
      <button
        type="button"
        aria-current={symbol === current}
        onClick={choose}
        className="grid h-9 grow grid-cols-3 items-center rounded px-2 text-left tabular-nums hover:bg-raised aria-[current=true]:bg-raised max-sm:h-11"
      >
        <span className="font-medium">{symbol}</span>
        <span className="text-right">
          {ticker === undefined || ticker.lastPrice === '0' ? NO_VALUE : fixed(ticker.lastPrice, pricePrecision)}
        </span>
        <span className={classNames('text-right', directionClass(directionOf(ticker?.priceChangePercent ?? '0')))}>
          {ticker === undefined || ticker.openPrice === '0' ? NO_VALUE : `${signed(ticker.priceChangePercent, 2)}%`}
        </span>
      </button>
    </li>
  );
}
