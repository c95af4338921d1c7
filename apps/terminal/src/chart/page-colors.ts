import type { ChartColors } from './chart-port.ts';

/** The colours of the page as they are now, for what is drawn on a canvas. */
export function pageColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    panel: read('--panel'),
    text: read('--text'),
    muted: read('--muted'),
    line: read('--line'),
    accent: read('--accent'),
    warn: read('--warn'),
    up: read('--up'),
    down: read('--down'),
    upSolid: read('--up-solid'),
    downSolid: read('--down-solid'),
    accentSolid: read('--accent-solid'),
  };
}
