import { classNames, EmptyState, LoadingState } from '@openvenue/ui';
import { useRef } from 'react';
import { fixed } from '../format/decimal-text.ts';
import { timeOfDay } from '../format/time-text.ts';
import { useHeight } from '../frame/use-height.ts';
import { useText } from '../i18n/index.ts';
import type { PublicTrade, SymbolParameters } from '../market/ticker.ts';
import { useConnection, useSymbolParameters, useTape } from '../market/use-market.ts';

const ROW_HEIGHT_PX = 20;

/** The last trades, newest first. */
export function Tape() {
  const text = useText();
  const { status, trades } = useTape();
  const parameters = useSymbolParameters();
  const connection = useConnection();
  const body = useRef<HTMLDivElement>(null);
  const fitting = Math.ceil(useHeight(body) / ROW_HEIGHT_PX);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="grid h-7 shrink-0 grid-cols-3 items-center px-2 text-label text-muted">
        <span>{text.book.price(parameters?.quoteAsset ?? '')}</span>
        <span className="text-right">{text.book.size(parameters?.baseAsset ?? '')}</span>
        <span className="text-right">{text.tape.time}</span>
      </div>
      <div
        ref={body}
        className={classNames('min-h-0 grow overflow-hidden [contain:strict]', connection !== 'open' && 'ov-stale')}
      >
        {status === 'waiting' || parameters === undefined ? (
          <LoadingState label={text.common.loading} rows={14} />
        ) : trades.length === 0 ? (
          <EmptyState>{text.tape.empty}</EmptyState>
        ) : (
          <ul aria-label={text.tape.title}>
            {trades.slice(0, fitting).map((trade) => (
              <Trade key={trade.tradeId} trade={trade} parameters={parameters} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

interface TradeProps {
  readonly trade: PublicTrade;
  readonly parameters: SymbolParameters;
}

function Trade({ trade, parameters }: TradeProps) {
  const text = useText();
  const isBuy = trade.side === 'BUY';
  return (
    <li className="grid h-5 grid-cols-3 items-center px-2 tabular-nums">
      <span className={isBuy ? 'text-up' : 'text-down'}>
        {fixed(trade.price, parameters.pricePrecision)}
        <span className="ml-1 text-label">{isBuy ? text.tape.buy : text.tape.sell}</span>
      </span>
      <span className="text-right">{fixed(trade.quantity, parameters.quantityPrecision)}</span>
      <span className="text-right text-muted">{timeOfDay(trade.ts)}</span>
    </li>
  );
}
