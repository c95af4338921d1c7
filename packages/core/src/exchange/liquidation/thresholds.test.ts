import { formatDecimal, type Money, parseDecimal, type QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { CrashScene, feeless, reductionsOf, stepsOf, ticks } from '../../testing/crash-scene.ts';
import { BTC } from '../../testing/index.ts';
import { adlQuantile } from './adl-quantile.ts';

const usdt = (text: string): Money => parseDecimal(text) as Money;

describe('a step of the ladder at the border of two tiers (LIQ-2, MRG-5)', () => {
  const crash = (mark: string) => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '52400' });
    const user = scene.trader({ wallet: '13100', leverage: 20, isolated: true });
    scene.buys(user, '52400', '5');
    scene.placed(scene.rich, { side: 'BUY', price: '49900', quantity: '50' });
    const events = scene.at({ BTCUSDT: mark });
    return {
      reductions: reductionsOf(events).map(({ kept, quantity, bankruptcyPrice, fee }) => [
        kept,
        quantity,
        bankruptcyPrice,
        formatDecimal(fee),
      ]),
      left: formatDecimal(stepsOf(events).at(-1)?.after.balance ?? 0n),
    };
  };

  it('a notional of just the cap is in the tier below it', () =>
    // 5 x 50,000: balance 1,100 < 1,200; one step to 50,000; 1,100 - 4 x 100 - 0.2 % of 199,600.
    expect(crash('50000')).toEqual({ reductions: [[1_000, 4_000, ticks('49780'), '399.2']], left: '300.8' }));

  it('a tick above it, one step of quantity goes first', () =>
    expect(crash('50000.1')).toEqual({
      reductions: [
        [4_999, 1, ticks('49780'), '0.0998'],
        [999, 4_000, ticks('49780'), '399.2'],
      ],
      left: '300.7001',
    }));
});

describe('what a step begins and ends with (LIQ-2, LIQ-6)', () => {
  it('leaves the loss of closing the rest out of what the fee may take', () => {
    const crash = (bid: string) => {
      const scene = new CrashScene();
      scene.prices({ BTCUSDT: '60000' });
      scene.fund('1000000');
      const user = scene.trader({ wallet: '500' });
      scene.buys(user, '60000', '0.8');
      scene.placed(scene.rich, { side: 'BUY', price: bid, quantity: '0.4' });
      // Balance 100 < 190.4, bankrupt at 59,375, where the other half goes to the fund at a loss of 50.
      const [reduction] = reductionsOf(scene.at({ BTCUSDT: '59500' }));
      expect(scene.account(user).wallet).toBe(0n);
      return formatDecimal(reduction?.fee ?? -1n);
    };
    expect(crash('59375')).toBe('0');
    // 100 - 40 - 50 of the 47.52 that would be due.
    expect(crash('59400')).toBe('10');
  });

  it('a balance of 0 goes at the mark; of a short the price goes down to the tick', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('1000000');
    const [long, short] = [scene.trader({ wallet: '480' }), scene.trader({ wallet: '500' })];
    scene.buys(long, '60000', '0.8');
    expect(reductionsOf(scene.at({ BTCUSDT: '59400' }))).toMatchObject([
      { bankruptcyPrice: ticks('59400'), fills: [{ counterparty: 'FUND' }] },
    ]);
    expect(scene.account(long).wallet).toBe(0n);
    scene.sells(short, '59400', '0.7');
    // 500 - 0.7 x 500 = 150 < 167.72, and 59,900 + 150 / 0.7 = 60,114.28...
    const [reduction] = reductionsOf(scene.at({ BTCUSDT: '59900' }));
    expect(reduction).toMatchObject({ bankruptcyPrice: ticks('60114.2'), takeover: { reduces: true } });
    expect(formatDecimal(scene.account(short).wallet)).toBe('0.06');
  });
});

describe('equal figures', () => {
  it('LIQ-5: a ratio of just 80 % is a call, one of just 75 % no recovery', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '50500' });
    const user = scene.trader({ wallet: '375' });
    scene.buys(user, '50500', '0.5');
    const calls = (price: string) => scene.at({ BTCUSDT: price }).filter(({ type }) => type === 'margin-call').length;
    const ratio = () => formatDecimal(scene.account(user).marginRatio);
    const adds = (amount: string) =>
      scene.ok({ type: 'adjust-wallet', userId: user, amount: usdt(amount), changeType: 'TRANSFER_IN' });
    expect([calls('50000.1'), ratio()]).toEqual([0, '0.7997']);
    // 100 of 125.
    expect([calls('50000'), ratio()]).toEqual([1, '0.8']);
    adds('8.33333334');
    expect(ratio()).toBe('0.75');
    expect([calls('49980'), ratio()]).toEqual([0, '0.8105']);
    expect(calls('50000')).toBe(0);
    adds('0.02666667');
    expect(ratio()).toBe('0.7499');
    expect(calls('49980')).toBe(1);
  });

  it('LIQ-7: the fund takes over with nothing left and up to just its cap', () => {
    const crash = (wallet: string, fundCap: string) => {
      const scene = new CrashScene([feeless(BTC, { fundCap: usdt(fundCap) })]);
      scene.prices({ BTCUSDT: '60000' });
      scene.fund(wallet);
      scene.buys(scene.trader({ wallet: '500' }), '60000', '0.8');
      // Balance -300: 0.8 at 59,375, which the mark makes 300 less.
      const [reduction] = reductionsOf(scene.at({ BTCUSDT: '59000' }));
      expect(reduction?.bankruptcyPrice).toBe(ticks('59375'));
      return reduction?.fills.map(({ counterparty }) => counterparty);
    };
    expect(crash('300', '47200')).toEqual(['FUND']);
    expect(crash('299.99999999', '47200')).toEqual(['ADL']);
    expect(crash('300', '47199.99999999')).toEqual(['ADL']);
  });

  it.each([
    [5, 1],
    [19, 1],
    [20, 2],
    [800, 80],
  ])('LIQ-7: of %i steps the fund offers %i, just half a percent off the mark', (held, offered) => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('10000000');
    const short = scene.trader({ wallet: '601' });
    scene.sells(short, '60000', formatDecimal(BigInt(held) * BTC.stepSize));
    const position = () => scene.core.exchange.insuranceFund().positions[0]?.quantity ?? 0;
    // Far enough for what is behind the smallest, too.
    scene.at({ BTCUSDT: '190000.1' });
    expect(position()).toBe(-held);
    // 190,000.1 x 1.005 = 190,950.1005.
    scene.placed(scene.rich, { side: 'SELL', price: '190950.2', quantity: '1' });
    scene.at({ BTCUSDT: '190000.1' });
    expect(position()).toBe(-held);
    scene.placed(scene.rich, { side: 'SELL', price: '190950.1', quantity: '1' });
    scene.at({ BTCUSDT: '190000.1' });
    expect(position()).toBe(offered - held);
  });

  it('LIQ-7, PRC-1: the fund offers at prices of just 10 s ago, and not when they are frozen', () => {
    const offers = (laterMs: number) => {
      const scene = new CrashScene();
      scene.prices({ BTCUSDT: '60000' });
      scene.fund('1000000');
      scene.buys(scene.trader({ wallet: '500' }), '60000', '0.8');
      scene.at({ BTCUSDT: '59400' });
      scene.placed(scene.rich, { side: 'BUY', price: '59400', quantity: '1' });
      scene.timeMs += laterMs;
      scene.prices({});
      return scene.core.exchange.insuranceFund().positions[0]?.quantity;
    };
    expect(offers(10_000)).toBe(720);
    expect(offers(10_001)).toBe(800);
  });

  it('LIQ-3: of equal scores the lower user id is first, and n positions share the five quantiles', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const long = scene.trader({ wallet: '600' });
    const [first, second] = [scene.trader({ wallet: '2000' }), scene.trader({ wallet: '2000' })];
    for (const seller of [second, first]) scene.trade(long, seller, { price: '60000', quantity: '0.2' });
    scene.trade(long, scene.rich, { price: '60000', quantity: '0.4' });
    const [reduction] = reductionsOf(scene.at({ BTCUSDT: '59300' }));
    expect(reduction?.fills.map(({ userId, quantity }) => [userId, quantity])).toEqual([
      [first, 200],
      [second, 200],
      [scene.rich, 400],
    ]);
    const quantiles = (n: number) => Array.from({ length: n }, (_, i) => adlQuantile(i + 1, n));
    expect([1, 4, 5, 6].map(quantiles)).toEqual([[5], [5, 4, 3, 2], [5, 4, 3, 2, 1], [5, 5, 4, 3, 2, 1]]);
  });
});

describe('a closing taker (MRG-11)', () => {
  /** A long of 0.8 with a balance of 260 at 59,700: bankrupt at 59,375. */
  const sell = (...bids: readonly (readonly [price: string, quantity: string])[]) => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '500' });
    scene.buys(user, '60000', '0.8');
    scene.at({ BTCUSDT: '59700' });
    for (const [price, quantity] of bids) scene.placed(scene.rich, { side: 'BUY', price, quantity });
    const { reply } = scene.place(user, { side: 'SELL', price: '59200', quantity: '0.8', more: { reduceOnly: true } });
    const balance = formatDecimal(scene.account(user).marginBalance);
    if (!reply.ok || reply.kind !== 'order') return { reply, balance };
    const { status, rejectReason, filledQuantity } = reply.order;
    return { order: [status, rejectReason, filledQuantity as QuantitySteps], balance };
  };

  it('fills at its bankruptcy price itself, a tick below it does not', () => {
    expect(sell(['59375', '0.8'])).toEqual({ order: ['FILLED', '', 800], balance: '0' });
    expect(sell(['59374.9', '0.8'])).toMatchObject({ reply: { reason: 'INSUFFICIENT_MARGIN' }, balance: '260' });
  });

  it('ends at the first price that is beyond it, as it is after the fills before, and does not rest', () => {
    const ended = ['PARTIALLY_FILLED_CANCELED', 'MARGIN', 400];
    expect(sell(['59375', '0.4'], ['59374.9', '0.4'])).toEqual({ order: ended, balance: '130' });
    // 140 are left behind 0.4 then: 59,350.
    expect(sell(['59400', '0.4'], ['59300', '0.4'])).toEqual({ order: ended, balance: '140' });
    expect(sell(['59400', '0.4'], ['59350', '0.4'])).toEqual({ order: ['FILLED', '', 800], balance: '0' });
  });
});

describe('an opening taker (MRG-11)', () => {
  it('may come to just the maintenance margin of its isolated position, where it is safe (LIQ-1)', () => {
    const buy = (mark: string) => {
      const scene = new CrashScene();
      scene.prices({ BTCUSDT: mark });
      const user = scene.trader({ wallet: '1000', isolated: true });
      scene.placed(scene.rich, { side: 'SELL', price: '59760', quantity: '0.8' });
      const { reply } = scene.place(user, { side: 'BUY', price: '59760', quantity: '0.8' });
      return [reply.ok || reply.reason, scene.position(user)?.quantity];
    };
    // 478.08 - 0.8 x 360 = 0.4 % of 47,520.
    expect(buy('59400')).toEqual([true, 800]);
    expect(buy('59399.9')).toEqual(['INSUFFICIENT_MARGIN', undefined]);
  });
});
