import type { MarginCall } from '@openvenue/contract';
import type { Event } from '@openvenue/core';
import { formatDecimal } from '@openvenue/money';

/** A margin call as its user hears it. */
export function marginCall(event: Extract<Event, { readonly type: 'margin-call' }>): MarginCall {
  return {
    eventType: 'MARGIN_CALL',
    marginMode: event.marginMode,
    symbol: event.symbol,
    positionSide: event.positionSide,
    marginRatio: formatDecimal(event.marginRatio),
    marginBalance: formatDecimal(event.marginBalance),
    maintenanceMargin: formatDecimal(event.maintenanceMargin),
    updateTime: event.atMs,
  };
}
