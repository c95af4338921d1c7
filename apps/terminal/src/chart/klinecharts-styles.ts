import type { DeepPartial, Styles } from 'klinecharts';
import type { ChartColors } from './chart-port.ts';

const FAMILY = "'Inter Variable', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif";
const INDICATOR_COLORS = ['#d98a1f', '#9b6bd6', '#3f83f8', '#1fa67a', '#d65c8a'];

/** The look of the chart in the colours of the page. */
export function stylesOf(colors: ChartColors): DeepPartial<Styles> {
  const label = { family: FAMILY, size: 11, color: colors.muted };
  const axis = {
    axisLine: { color: colors.line },
    tickLine: { color: colors.line },
    tickText: label,
  };
  const crosshair = {
    line: { color: colors.muted },
    text: { family: FAMILY, size: 11, color: colors.panel, backgroundColor: colors.text, borderColor: colors.text },
  };
  const bar = { upColor: colors.up, downColor: colors.down, noChangeColor: colors.muted };
  return {
    grid: { horizontal: { color: colors.line, style: 'dashed' }, vertical: { color: colors.line, style: 'dashed' } },
    candle: {
      bar: {
        ...bar,
        upBorderColor: colors.up,
        downBorderColor: colors.down,
        noChangeBorderColor: colors.muted,
        upWickColor: colors.up,
        downWickColor: colors.down,
        noChangeWickColor: colors.muted,
      },
      priceMark: {
        high: { color: colors.muted, textFamily: FAMILY },
        low: { color: colors.muted, textFamily: FAMILY },
        last: {
          upColor: colors.upSolid,
          downColor: colors.downSolid,
          noChangeColor: colors.accentSolid,
          text: { family: FAMILY, size: 11, color: '#ffffff' },
        },
      },
      tooltip: {
        title: { show: false },
        legend: { ...label },
      },
    },
    indicator: {
      bars: [
        {
          upColor: translucent(colors.up),
          downColor: translucent(colors.down),
          noChangeColor: translucent(colors.muted),
        },
      ],
      lines: INDICATOR_COLORS.map((color) => ({ color, size: 1 })),
      tooltip: { title: { ...label }, legend: { ...label } },
    },
    xAxis: axis,
    yAxis: axis,
    separator: { color: colors.line },
    crosshair: { horizontal: crosshair, vertical: crosshair },
  };
}

/** The colour of volumes, behind whose bars the grid stays visible. Colours of the page are of the form `#rrggbb`. */
const translucent = (color: string): string => `${color}80`;
