import type { TradePush } from '@openvenue/contract';
import { expect, it } from 'vitest';
import { newTradesOnly } from './new-trades-only.ts';

it('passes each trade on once when the last 50 come again', () => {
  const trades = (from: number, to: number): TradePush['data'] => ({
    list: Array.from({ length: to - from }, (_, at) => {
      const tradeId = String(from + at);
      return { tradeId, price: '1', quantity: '1', side: 'BUY' as const, ts: 1 };
    }),
  });
  const heard: string[] = [];
  const onData = newTradesOnly((data) => heard.push(...data.list.map(({ tradeId }) => tradeId)));
  onData(trades(0, 50), 1);
  onData(trades(50, 250), 2);
  onData(trades(205, 255), 3);
  onData(trades(205, 255), 4);
  expect(heard).toEqual(trades(0, 255).list.map(({ tradeId }) => tradeId));
});
