import { type Rejected, reject } from '../../reject.ts';
import type { Stance } from '../accounts/stance.ts';
import type { PositionSide } from '../enums.ts';

/** Whether positions, orders, conditions or waiting legs of the other kind, one-way or hedge, refuse this one (POS-1). */
export function positionSideFault(stance: Stance, positionSide: PositionSide): Rejected | undefined {
  if (!stance.conflictsWith(positionSide)) return undefined;
  return reject('POSITION_SIDE_CONFLICT', {
    field: 'positionSide',
    value: positionSide,
    rule:
      positionSide === 'BOTH'
        ? 'the symbol has hedge positions, orders or conditions: LONG or SHORT'
        : 'the symbol has one-way positions, orders or conditions: BOTH',
  });
}
