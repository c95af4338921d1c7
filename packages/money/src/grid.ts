import { formatDecimal, parseDecimal } from './decimal.ts';

/** A decimal that lies on a grid, or the nearest values that do. `undefined` where no value exists on that side. */
export type OnGrid =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly fault: 'malformed' | 'too-large' }
  | { readonly ok: false; readonly fault: 'off-grid'; readonly below: string; readonly above: string };

/**
 * Counts how many grid units (`tickSize` or `stepSize`, in 1e-8) a decimal text is. Never rounds: a value between two grid
 * points is refused with both neighbours.
 */
export function countOnGrid(text: string, gridUnits: bigint): OnGrid {
  const exact = parseDecimal(text);
  if (exact === undefined) return finerThanScale(text, gridUnits);
  const count = exact / gridUnits;
  if (count >= BigInt(Number.MAX_SAFE_INTEGER)) return { ok: false, fault: 'too-large' };
  if (count * gridUnits !== exact) return neighbours(count, gridUnits);
  return { ok: true, count: Number(count) };
}

/** Writes `count` grid units as a decimal. */
export function formatOnGrid(count: number, gridUnits: bigint): string {
  return formatDecimal(BigInt(count) * gridUnits);
}

function neighbours(count: bigint, gridUnits: bigint): OnGrid {
  return {
    ok: false,
    fault: 'off-grid',
    below: formatDecimal(count * gridUnits),
    above: formatDecimal((count + 1n) * gridUnits),
  };
}

/** A well-formed decimal with digits behind the eighth place lies between two grid points, whatever the grid. */
function finerThanScale(text: string, gridUnits: bigint): OnGrid {
  const match = /^(\d{1,30}\.\d{8})\d{1,40}$/.exec(text);
  const cut = match === null ? undefined : parseDecimal(match[1] as string);
  return cut === undefined ? { ok: false, fault: 'malformed' } : neighbours(cut / gridUnits, gridUnits);
}
