import { type Chart, dispose, init, type KLineData, type Period, registerOverlay } from 'klinecharts';
import { groupDigits } from '../format/decimal-text.ts';
import type { ChartLine } from './chart-lines.ts';
import type {
  Candle,
  ChartColors,
  ChartPort,
  ChartPortOptions,
  ChartSeries,
  CreateChart,
  Indicator,
  Interval,
} from './chart-port.ts';
import { stylesOf } from './klinecharts-styles.ts';

const LINE_OVERLAY = 'openvenueLine';
const LINE_GROUP = 'openvenue';
const CANDLE_PANE = 'candle_pane';
/** Indicators that are drawn over the candles; the others have a pane of their own. */
const OVER_CANDLES: readonly Indicator[] = ['MA', 'EMA', 'BOLL'];
const MA_PERIODS = [7, 25, 99];
const PANE_HEIGHT_PX = 80;

const PERIODS: Readonly<Record<Interval, Period>> = {
  '1m': { type: 'minute', span: 1 },
  '3m': { type: 'minute', span: 3 },
  '5m': { type: 'minute', span: 5 },
  '15m': { type: 'minute', span: 15 },
  '30m': { type: 'minute', span: 30 },
  '1h': { type: 'hour', span: 1 },
  '2h': { type: 'hour', span: 2 },
  '4h': { type: 'hour', span: 4 },
  '6h': { type: 'hour', span: 6 },
  '12h': { type: 'hour', span: 12 },
  '1d': { type: 'day', span: 1 },
  '1w': { type: 'week', span: 1 },
  '1M': { type: 'month', span: 1 },
};

interface LineData {
  readonly label: string;
  readonly color: string;
  readonly background: string;
  readonly isDashed: boolean;
  readonly isMovable: boolean;
}

registerOverlay<LineData>({
  name: LINE_OVERLAY,
  totalStep: 2,
  needDefaultPointFigure: false,
  needDefaultXAxisFigure: false,
  needDefaultYAxisFigure: false,
  createPointFigures: ({ overlay, coordinates, bounding }) => {
    const y = coordinates[0]?.y;
    const line = overlay.extendData;
    if (y === undefined) return [];
    return [
      {
        type: 'line',
        attrs: {
          coordinates: [
            { x: 0, y },
            { x: bounding.width, y },
          ],
        },
        styles: { color: line.color, style: line.isDashed ? 'dashed' : 'solid', size: 1, dashedValue: [4, 3] },
        ignoreEvent: !line.isMovable,
      },
      {
        type: 'text',
        attrs: { x: bounding.width - 8, y, text: line.label, align: 'right', baseline: 'middle' },
        styles: { color: '#ffffff', backgroundColor: line.background, size: 11, borderSize: 0, borderRadius: 3 },
        ignoreEvent: !line.isMovable,
      },
    ];
  },
});

/** The chart of klinecharts. */
export const createKlineChart: CreateChart = ({ element, colors, locale, onDragged }) => {
  const created = init(element, { locale: localeOf(locale), styles: stylesOf(colors) });
  if (created === null) throw new Error('the element of the chart is not in the page');
  // The library puts itself before everything else on the page.
  element.querySelector('[tabindex="1"]')?.setAttribute('tabindex', '0');
  created.setFormatter({ formatBigNumber: (value) => groupDigits(String(value)) });
  return new KlineChart({ chart: created, element, colors, onDragged });
};

const localeOf = (locale: 'en' | 'zh-CN'): string => (locale === 'en' ? 'en-US' : 'zh-CN');

class KlineChart implements ChartPort {
  readonly #chart: Chart;
  readonly #element: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #indicators = new Map<Indicator, string>();
  #colors: ChartColors;
  #lines: readonly ChartLine[] = [];
  #unsubscribe: () => void = () => undefined;
  readonly #onDragged: ChartPortOptions['onDragged'];
  /** While the user holds a line, the lines stay as they are. */
  #isDragging = false;

  constructor({ chart, element, colors, onDragged }: Omit<ChartPortOptions, 'locale'> & { readonly chart: Chart }) {
    this.#chart = chart;
    this.#element = element;
    this.#colors = colors;
    this.#onDragged = onDragged;
    this.#observer = new ResizeObserver(() => chart.resize());
    this.#observer.observe(element);
  }

  setSeries({ symbol, interval, pricePlaces, volumePlaces, source }: ChartSeries): void {
    this.#unsubscribe();
    this.#chart.setDataLoader({
      getBars: async ({ type, timestamp, callback }) => {
        // The library asks backward for nothing: candles after the newest come by the subscription.
        if (type !== 'init' && type !== 'forward') return callback([], false);
        const candles = await source.load(type === 'init' || timestamp === null ? undefined : timestamp);
        callback(candles.map(barOf), { backward: false, forward: candles.length > 0 });
      },
      subscribeBar: ({ callback }) => {
        this.#unsubscribe();
        this.#unsubscribe = source.subscribe((candle) => callback(barOf(candle)));
      },
      unsubscribeBar: () => this.#unsubscribe(),
    });
    this.#chart.setSymbol({ ticker: symbol, pricePrecision: pricePlaces, volumePrecision: volumePlaces });
    this.#chart.setPeriod(PERIODS[interval]);
    this.setLines(this.#lines);
  }

  setColors(colors: ChartColors): void {
    this.#colors = colors;
    this.#chart.setStyles(stylesOf(colors));
    this.setLines(this.#lines);
  }

  setLocale(locale: 'en' | 'zh-CN'): void {
    this.#chart.setLocale(localeOf(locale));
  }

  setIndicators(indicators: readonly Indicator[]): void {
    for (const [indicator, id] of this.#indicators) {
      if (indicators.includes(indicator)) continue;
      this.#chart.removeIndicator({ id });
      this.#indicators.delete(indicator);
    }
    for (const indicator of indicators) {
      if (this.#indicators.has(indicator)) continue;
      const isOver = OVER_CANDLES.includes(indicator);
      const id = this.#chart.createIndicator(
        {
          name: indicator,
          ...(indicator === 'MA' || indicator === 'EMA' ? { calcParams: MA_PERIODS } : {}),
          // The volume is read by its bars; averages of it would hide them.
          ...(indicator === 'VOL' ? { calcParams: [] } : {}),
          ...(isOver ? { paneId: CANDLE_PANE } : {}),
        },
        isOver,
      );
      if (id === null) throw new Error(`the chart has no indicator ${indicator}`);
      this.#indicators.set(indicator, id);
      if (isOver) continue;
      const paneId = this.#chart.getIndicators({ id })[0]?.paneId;
      if (paneId !== undefined) this.#chart.setPaneOptions({ id: paneId, height: PANE_HEIGHT_PX, minHeight: 40 });
    }
  }

  setLines(lines: readonly ChartLine[]): void {
    this.#lines = lines;
    if (this.#isDragging) return;
    this.#chart.removeOverlay({ groupId: LINE_GROUP });
    for (const line of lines) {
      this.#chart.createOverlay({
        name: LINE_OVERLAY,
        id: line.id,
        groupId: LINE_GROUP,
        lock: line.orderId === undefined,
        points: [{ value: Number(line.price) }],
        extendData: this.#lineData(line),
        onPressedMoveStart: () => {
          this.#isDragging = true;
        },
        onPressedMoveEnd: ({ overlay }) => this.#dropped(line, overlay.points[0]?.value),
        // The library would take the line away.
        onRightClick: (event) => event.preventDefault?.(),
      });
    }
  }

  #dropped(line: ChartLine, price: number | undefined): void {
    this.#isDragging = false;
    if (price === undefined || price === Number(line.price)) this.setLines(this.#lines);
    else this.#onDragged(line, price);
  }

  dispose(): void {
    this.#unsubscribe();
    this.#observer.disconnect();
    dispose(this.#element);
  }

  #lineData({ label, tone, style, orderId }: ChartLine): LineData {
    const { up, upSolid, down, downSolid, accent, accentSolid, warn } = this.#colors;
    const [color, background] = {
      up: [up, upSolid],
      down: [down, downSolid],
      accent: [accent, accentSolid],
      warn: [warn, '#7a5200'],
    }[tone] as [string, string];
    return { label, color, background, isDashed: style === 'dashed', isMovable: orderId !== undefined };
  }
}

const barOf = ({ openTime, ...bar }: Candle): KLineData => ({ timestamp: openTime, ...bar });
