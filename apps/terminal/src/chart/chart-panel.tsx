import { classNames, EmptyState, ErrorState, LoadingState, Select } from '@openvenue/ui';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { groupDigits } from '../format/decimal-text.ts';
import { useText } from '../i18n/index.ts';
import { useConnection, useSymbol, useSymbolParameters } from '../market/use-market.ts';
import { useTerminal, useUi } from '../terminal-context.ts';
import { candleSource, type PriceType } from './candle-source.ts';
import type { ChartLine } from './chart-lines.ts';
import type { ChartPort, Indicator, Interval } from './chart-port.ts';
import { INDICATORS } from './chart-port.ts';
import { pageColors } from './page-colors.ts';
import { priceOnTick } from './price-on-tick.ts';

const SHOWN_INTERVALS = ['1m', '5m', '15m', '1h', '4h', '1d', '1w'] as const satisfies readonly Interval[];
const DEFAULT_INDICATORS: readonly Indicator[] = ['MA', 'VOL'];

type LoadState = 'loading' | 'ready' | 'empty' | 'failed';

/** Candles of the current symbol with the user's lines. */
export function ChartPanel() {
  const text = useText();
  const [interval, setInterval] = useState<Interval>('1m');
  const [priceType, setPriceType] = useState<PriceType>('last');
  const [indicators, setIndicators] = useState(DEFAULT_INDICATORS);
  const toggle = (indicator: Indicator) =>
    setIndicators((before) =>
      before.includes(indicator) ? before.filter((each) => each !== indicator) : [...before, indicator],
    );
  return (
    <section aria-label={text.chart.title} className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-2 max-sm:h-11">
        <div className="flex min-w-0 grow items-center gap-2 overflow-x-auto [scrollbar-width:none]">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex row in all browsers. */}
          <div role="group" aria-label={text.chart.interval} className="flex">
            {SHOWN_INTERVALS.map((each) => (
              <Toggle key={each} isOn={each === interval} onClick={() => setInterval(each)}>
                {each}
              </Toggle>
            ))}
          </div>
          <span aria-hidden className="h-4 w-px shrink-0 bg-line" />
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          <div role="group" aria-label={text.chart.indicators} className="flex">
            {INDICATORS.map((each) => (
              <Toggle key={each} isOn={indicators.includes(each)} onClick={() => toggle(each)}>
                {each}
              </Toggle>
            ))}
          </div>
        </div>
        <Select<PriceType>
          label={text.chart.source}
          value={priceType}
          onChange={setPriceType}
          className="shrink-0"
          options={[
            { value: 'last', label: text.chart.last },
            { value: 'markPrice', label: text.chart.mark },
            { value: 'indexPrice', label: text.chart.index },
          ]}
        />
      </div>
      <ChartCanvas interval={interval} priceType={priceType} indicators={indicators} />
    </section>
  );
}

interface ToggleProps {
  readonly isOn: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

function Toggle({ isOn, onClick, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={classNames(
        'h-6 min-w-6 shrink-0 rounded px-1.5 hover:text-text max-sm:h-11 max-sm:min-w-11',
        isOn ? 'font-medium text-text' : 'text-muted',
        isOn && 'bg-raised',
      )}
    >
      {children}
    </button>
  );
}

interface ChartCanvasProps {
  readonly interval: Interval;
  readonly priceType: PriceType;
  readonly indicators: readonly Indicator[];
}

function ChartCanvas({ interval, priceType, indicators }: ChartCanvasProps) {
  const text = useText();
  const { session, chartLines } = useTerminal();
  const symbol = useSymbol();
  const parameters = useSymbolParameters();
  const connection = useConnection();
  const locale = useUi((state) => state.locale);
  const theme = useUi((state) => state.theme);
  const palette = useUi((state) => state.palette);
  const { positions, orders, move } = useStore(chartLines);
  const lines = useMemo(
    () => [...positions, ...orders].filter((line) => line.symbol === symbol),
    [positions, orders, symbol],
  );
  const element = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ChartPort>();
  const [state, setState] = useState<LoadState>('loading');
  const [attempt, setAttempt] = useState(0);

  const onDragged = useEffectEvent(({ orderId }: ChartLine, dragged: number) => {
    const price = parameters === undefined ? undefined : priceOnTick(dragged, parameters);
    if (orderId === undefined || price === undefined) chart?.setLines(lines);
    else chartLines.setState({ move: { orderId, price } });
  });

  useEffect(() => {
    let isGone = false;
    let created: ChartPort | undefined;
    import('./klinecharts-adapter.ts').then(
      ({ createKlineChart }) => {
        if (isGone || element.current === null) return;
        created = createKlineChart({
          element: element.current,
          colors: pageColors(),
          locale: 'en',
          onDragged: (line, price) => onDragged(line, price),
        });
        setChart(created);
      },
      () => setState('failed'),
    );
    return () => {
      isGone = true;
      setChart(undefined);
      created?.dispose();
    };
  }, []);

  useEffect(() => chart?.setIndicators(indicators), [chart, indicators]);
  useEffect(() => chart?.setLocale(locale), [chart, locale]);
  // The colours come from the style sheet, which follows these two.
  useEffect(() => chart?.setColors(pageColors()), [chart, theme, palette]);
  // A line that was dragged stands at its new price until the user has decided, or its order has ended.
  const isMoving = move !== undefined && lines.some(({ orderId }) => orderId === move.orderId);
  useEffect(() => {
    if (!isMoving) chart?.setLines(lines);
  }, [chart, lines, isMoving]);

  const pricePlaces = parameters?.pricePrecision;
  const volumePlaces = parameters?.quantityPrecision;
  useEffect(() => {
    if (chart === undefined || pricePlaces === undefined || volumePlaces === undefined) return;
    let isGone = false;
    const settle = (next: LoadState) => {
      if (!isGone) setState(next);
    };
    setState('loading');
    chart.setSeries({
      symbol,
      interval,
      pricePlaces,
      volumePlaces,
      source: candleSource({
        client: session.client,
        stream: session.marketStream,
        symbol,
        interval,
        priceType,
        onCandles: (count) => settle(count === 0 ? 'empty' : 'ready'),
        onFailed: () => settle('failed'),
      }),
    });
    return () => {
      isGone = true;
    };
  }, [chart, session, symbol, interval, priceType, pricePlaces, volumePlaces, attempt]);

  return (
    <div className="relative min-h-0 grow">
      {/* biome-ignore lint/a11y/useSemanticElements: the chart is no set of fields. */}
      <div
        ref={element}
        role="group"
        aria-label={text.chart.title}
        className={classNames('absolute inset-0', connection !== 'open' && 'opacity-50 grayscale')}
      />
      <ul aria-label={text.chart.lines} className="sr-only">
        {lines.map(({ id, label, price }) => (
          <li key={id} data-line={id} data-price={price}>
            {text.chart.line(label, groupDigits(price))}
          </li>
        ))}
      </ul>
      {state !== 'ready' && (
        <div className="absolute inset-0 z-10 bg-panel">
          {state === 'loading' && <LoadingState label={text.common.loading} rows={8} />}
          {state === 'empty' && <EmptyState>{text.chart.empty}</EmptyState>}
          {state === 'failed' && (
            <ErrorState
              message={text.chart.failed}
              retryLabel={text.common.retry}
              onRetry={() => setAttempt(attempt + 1)}
            />
          )}
        </div>
      )}
    </div>
  );
}
