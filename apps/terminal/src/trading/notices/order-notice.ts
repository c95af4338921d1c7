import type { Toast } from '@openvenue/ui';
import { groupDigits } from '../../format/decimal-text.ts';
import { orderWords } from '../send-order.ts';
import type { TradingText } from '../text/index.ts';
import type { OrderEvent } from '../venue-types.ts';
import { endReasonText } from './end-reason.ts';

/**
 * What the user is told of an order. Acceptance is told by the reply; of the fills of an order that takes only the last one
 * is, because they come all at once.
 */
export function orderNotice(text: TradingText, event: OrderEvent): Toast | undefined {
  const { notices } = text;
  const detail = orderWords(text, event);
  const reason = endReasonText(text, event.rejectReason);
  switch (event.executionType) {
    case 'TRADE': {
      const filled = notices.at(
        orderWords(text, { ...event, price: '0', quantity: event.filledQuantity }),
        groupDigits(event.avgFilledPrice),
      );
      if (event.orderStatus === 'FILLED') return { tone: 'success', title: notices.filled, detail: filled };
      return event.roleType === 'maker' ? { tone: 'info', title: notices.partlyFilled, detail: filled } : undefined;
    }
    case 'CANCELED':
      return { tone: 'info', title: notices.canceled, detail };
    case 'EXPIRED':
      return { tone: 'info', title: notices.ended, detail: reason === undefined ? detail : `${detail}. ${reason}` };
    case 'REJECTED':
      return { tone: 'error', title: notices.refused, detail: reason === undefined ? detail : `${detail}. ${reason}` };
    default:
      return undefined;
  }
}
