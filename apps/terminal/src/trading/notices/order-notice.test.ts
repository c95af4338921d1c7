import { describe, expect, it } from 'vitest';
import { orderEvent } from '../account/testing/examples.ts';
import { TRADING_TEXTS } from '../text/index.ts';
import { orderNotice } from './order-notice.ts';

const notice = (changes: Parameters<typeof orderEvent>[0]) => orderNotice(TRADING_TEXTS.en, orderEvent(changes));

describe('orderNotice', () => {
  it('tells an order that is filled at its average price', () => {
    expect(
      notice({ executionType: 'TRADE', orderStatus: 'FILLED', filledQuantity: '0.5', avgFilledPrice: '58999.5' }),
    ).toEqual({ tone: 'success', title: 'Order filled', detail: 'Buy 0.5 BTCUSDT at 58,999.5' });
  });

  it('tells the partial fills of an order that rests, not of one that takes', () => {
    const partial = { executionType: 'TRADE', orderStatus: 'PARTIALLY_FILLED', filledQuantity: '0.2' } as const;
    expect(notice({ ...partial, roleType: 'maker' })?.title).toBe('Order partly filled');
    expect(notice({ ...partial, roleType: 'taker' })).toBeUndefined();
  });

  it('says why a rule has ended an order', () => {
    expect(notice({ executionType: 'EXPIRED', orderStatus: 'CANCELED', rejectReason: 'MARGIN' })?.detail).toBe(
      'Buy 0.5 BTCUSDT at 59,000. The margin did not suffice when it was to fill.',
    );
    expect(notice({ executionType: 'CANCELED', orderStatus: 'CANCELED' })?.title).toBe('Order canceled');
  });

  it('leaves acceptance to the reply', () => {
    expect(notice({})).toBeUndefined();
  });
});
