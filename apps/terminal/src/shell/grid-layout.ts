import type { Panel } from '../ui-state/choices.ts';

/** Places of the desktop's grid. */
export interface GridTemplate {
  readonly gridTemplateAreas: string;
  readonly gridTemplateColumns: string;
  readonly gridTemplateRows: string;
}

/** Panels of the column on the right. */
const SIDE: readonly Panel[] = ['orderForm', 'account'];
const FLEXIBLE = 'minmax(0,1fr)';

/**
 * The grid of those panels that are shown: chart and book beside each other over positions, form and account on the right.
 * What is hidden leaves its place to the others.
 */
export function gridTemplateOf(isShown: (panel: Panel) => boolean): GridTemplate {
  const top = (['chart', 'orderBook'] as const).filter(isShown);
  const bottom = isShown('positions');
  const side = SIDE.some(isShown);
  const mainColumns: readonly string[] = top.length > 0 ? top : bottom ? ['positions'] : [];
  const columns = [
    ...mainColumns.map((panel) => (panel === 'orderBook' && top.length > 1 ? '250px' : FLEXIBLE)),
    ...(side ? [mainColumns.length > 0 ? '270px' : FLEXIBLE] : []),
  ];
  const sideCell = side ? ['side'] : [];
  const rows = [
    ...(top.length > 0 ? [[...top, ...sideCell]] : []),
    ...(bottom ? [[...mainColumns.map(() => 'positions'), ...sideCell]] : []),
    ...(top.length === 0 && !bottom ? [sideCell] : []),
  ];
  return {
    gridTemplateAreas: rows.map((row) => `"${row.join(' ')}"`).join(' '),
    gridTemplateColumns: columns.join(' '),
    gridTemplateRows: top.length > 0 && bottom ? `${FLEXIBLE} minmax(200px,28%)` : FLEXIBLE,
  };
}
