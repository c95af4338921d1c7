import { describe, expect, it } from 'vitest';
import { PANELS, type Panel } from '../ui-state/choices.ts';
import { gridTemplateOf } from './grid-layout.ts';

const without = (...hidden: readonly Panel[]) => gridTemplateOf((panel) => !hidden.includes(panel));

/** All sets of panels. */
const SUBSETS = Array.from({ length: 2 ** PANELS.length }, (_, bits) =>
  PANELS.filter((_panel, index) => ((bits >> index) & 1) === 1),
);

describe('the grid of the desktop', () => {
  it('has the chart and the book over the positions, and the form beside them', () => {
    expect(without()).toEqual({
      gridTemplateAreas: '"chart orderBook side" "positions positions side"',
      gridTemplateColumns: 'minmax(0,1fr) 250px 270px',
      gridTemplateRows: 'minmax(0,1fr) minmax(200px,28%)',
    });
  });
  it('gives the place of what is hidden to the others', () => {
    expect(without('chart', 'positions')).toEqual({
      gridTemplateAreas: '"orderBook side"',
      gridTemplateColumns: 'minmax(0,1fr) 270px',
      gridTemplateRows: 'minmax(0,1fr)',
    });
    expect(without('chart', 'orderBook', 'positions').gridTemplateColumns).toBe('minmax(0,1fr)');
  });
  it.each(SUBSETS)('is a rectangle with a place for each of: %s %s %s %s %s', (...shown) => {
    const { gridTemplateAreas, gridTemplateColumns, gridTemplateRows } = gridTemplateOf((panel) =>
      shown.includes(panel),
    );
    const rows = [...gridTemplateAreas.matchAll(/"([^"]*)"/g)].map(([, cells]) =>
      (cells ?? '').split(' ').filter(Boolean),
    );
    const columns = gridTemplateColumns.split(' ').filter(Boolean);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(rows).toHaveLength(gridTemplateRows.split(' ').length);
    const places = new Set(rows.flat());
    for (const panel of shown) expect(places).toContain(panel === 'orderForm' || panel === 'account' ? 'side' : panel);
  });
});
