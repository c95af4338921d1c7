import type { TradePush } from '@openvenue/contract';

/** Trades with which a subscription begins, and so the most that can come twice. */
const TRADES_ON_SUBSCRIBE = 50;

type Trades = TradePush['data'];

/**
 * Passes every trade on once. A subscription of trades begins with the last 50, again after a lost connection; the ones that
 * came before are left out. One filter is for one listener.
 */
export function newTradesOnly(onData: (data: Trades, ts: number) => void): (data: Trades, ts: number) => void {
  let last: readonly string[] = [];
  return (data, ts) => {
    const known = new Set(last);
    const list = data.list.filter(({ tradeId }) => !known.has(tradeId));
    if (list.length === 0) return;
    last = [...last, ...list.map(({ tradeId }) => tradeId)].slice(-TRADES_ON_SUBSCRIBE);
    onData({ list }, ts);
  };
}
