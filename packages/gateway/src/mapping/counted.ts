import type { GridFault } from '@openvenue/core';
import { countOnGrid } from '@openvenue/money';
import { type Failure, fail } from '../failure.ts';
import type { Grid } from './order.ts';

export type Mapped<T> = { readonly ok: true; readonly value: T } | Failure;
export type GridField = GridFault['field'];

/** A decimal as grid units. One that lies between two is 0 with a fault, which the engine reports at its turn (MAT-12). */
export interface Counted {
  readonly count: number;
  readonly fault?: GridFault;
}

export const NOTHING: Counted = { count: 0 };

/** Counts a field of an order; nothing without a text, and without a symbol whose grid is known. */
export function countField(field: GridField, text: string | undefined, grid: Grid | undefined): Mapped<Counted> {
  if (text === undefined || grid === undefined) return { ok: true, value: NOTHING };
  const counted = countOnGrid(text, field === 'quantity' ? grid.stepSize : grid.tickSize);
  if (counted.ok) return { ok: true, value: { count: counted.count } };
  if (counted.fault === 'off-grid') {
    const { below, above } = counted;
    return { ok: true, value: { count: 0, fault: { field, value: text, below, above } } };
  }
  return counted.fault === 'too-large'
    ? fail('PARAMETER_OUT_OF_RANGE', { details: { field, value: text, rule: 'a smaller number' } })
    : fail('PARAMETER_INVALID', { details: { field, value: text, rule: 'a plain decimal' } });
}

/** The same for condition orders: what is too large to be counted is beyond every bound that the engine knows, and has its codes. */
export function countBounded(field: GridField, text: string | undefined, grid: Grid | undefined): Counted {
  const counted = countField(field, text, grid);
  return counted.ok ? counted.value : { count: Number.MAX_SAFE_INTEGER };
}

/** The fault of the first field that has one. */
export function faultOf(...fields: readonly Counted[]): { readonly gridFault?: GridFault } {
  const gridFault = fields.find(({ fault }) => fault !== undefined)?.fault;
  return gridFault === undefined ? {} : { gridFault };
}
