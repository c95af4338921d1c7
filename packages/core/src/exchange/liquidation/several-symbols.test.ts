import { type Money, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { CrashScene, feeless, reductionsOf, stepsOf, ticks } from '../../testing/crash-scene.ts';
import { BTC, ETH } from '../../testing/index.ts';

const usdt = (text: string): Money => parseDecimal(text) as Money;

describe('several symbols', () => {
  const both = (price: string) => ({ BTCUSDT: price, ETHUSDT: price });
  const scene = () => new CrashScene([feeless(), feeless(ETH)]);
  const leverage = (at: CrashScene, userId: number) =>
    at.ok({ type: 'set-leverage', actor: { userId }, symbol: 'ETHUSDT', leverage: 100 });

  it('LIQ-2: of equal maintenance margins the one that was listed first goes first', () => {
    const at = scene();
    at.prices(both('60000'));
    at.fund('1000000');
    const user = at.trader({ wallet: '500' });
    leverage(at, user);
    at.buys(user, '60000', '0.4', 'ETHUSDT');
    at.buys(user, '60000', '0.4');
    // 100 < 190.4; the first goes at 59,250 and leaves nothing for the second.
    expect(reductionsOf(at.at(both('59500')))).toMatchObject([
      { symbol: 'BTCUSDT', bankruptcyPrice: ticks('59250') },
      { symbol: 'ETHUSDT', bankruptcyPrice: ticks('59500') },
    ]);
  });

  it('LIQ-2: a hedge is not set off any more when the one before was enough', () => {
    const at = scene();
    at.prices(both('60000'));
    const user = at.trader({ wallet: '1000' });
    leverage(at, user);
    for (const symbol of ['BTCUSDT', 'ETHUSDT'])
      for (const [side, positionSide] of [
        ['BUY', 'LONG'],
        ['SELL', 'SHORT'],
      ] as const) {
        const terms = { symbol, price: '60000', quantity: '0.4' };
        at.placed(at.rich, { side: side === 'BUY' ? 'SELL' : 'BUY', ...terms });
        at.placed(user, { side, ...terms, more: { positionSide } });
      }
    // 1,000 against 4 x (0.5 % of 62,000 - 50) = 1,040, then half of it.
    const steps = stepsOf(at.at(both('155000')));
    expect(steps.map(({ detail }) => detail.action)).toEqual(['CANCEL_ORDERS', 'SET_OFF']);
    expect(at.core.exchange.positions(user).map(({ symbol }) => symbol)).toEqual(['ETHUSDT', 'ETHUSDT']);
  });

  it('LIQ-1: of those who have nothing left the lower user id goes first', () => {
    const at = scene();
    at.prices(both('60000'));
    at.fund('1000000');
    const [poor, poorer] = [at.trader({ wallet: '600' }), at.trader({ wallet: '500' })];
    for (const userId of [poorer, poor]) at.buys(userId, '60000', '0.8');
    const firsts = stepsOf(at.at(both('59000'))).filter(({ step }) => step === 1);
    expect(firsts.map(({ userId }) => userId)).toEqual([poor, poorer]);
  });

  it('LIQ-7: a cap is for the position in its symbol, what is left counts all positions of the fund', () => {
    const crash = (wallet: string) => {
      const at = new CrashScene([feeless(BTC, { fundCap: usdt('47200') }), feeless(ETH, { fundCap: usdt('3000') })]);
      at.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
      at.fund(wallet);
      const [first, second] = [at.trader({ wallet: '30', symbol: 'ETHUSDT' }), at.trader({ wallet: '500' })];
      at.buys(first, '3000', '1', 'ETHUSDT');
      at.buys(second, '60000', '0.8');
      expect(reductionsOf(at.at({ BTCUSDT: '60000', ETHUSDT: '2980' }))).toMatchObject([
        { bankruptcyPrice: ticks('2970'), fills: [{ counterparty: 'FUND' }] },
      ]);
      // 100 are lost there and 300 here.
      const [reduction] = reductionsOf(at.at({ BTCUSDT: '59000', ETHUSDT: '2870' }));
      return reduction?.fills.map(({ counterparty }) => counterparty);
    };
    expect(crash('400')).toEqual(['FUND']);
    expect(crash('399.99999999')).toEqual(['ADL']);
  });

  it('LIQ-7: a cap without a figure is the wallet with what the takeover itself brings', () => {
    const at = scene();
    at.prices(both('60000'));
    at.fund('20000');
    at.buys(at.trader({ wallet: '200' }), '60000', '0.3');
    at.at(both('59550'));
    at.ok({ type: 'adjust-insurance-fund', amount: -usdt('20000') as Money });
    at.sells(at.trader({ wallet: '450' }), '59550', '0.301');
    // From 59,333.4 to 61,045 on 0.3, and a short of 0.001 is left.
    const [reduction] = reductionsOf(at.at(both('61000')));
    expect(reduction).toMatchObject({
      bankruptcyPrice: ticks('61045'),
      takeover: { reduces: false, wallet: usdt('513.48'), notional: usdt('61'), cap: usdt('513.48'), taken: true },
    });
  });

  it('LIQ-3: takes a position at its own bankruptcy price, not beyond', () => {
    const crash = (eth: string) => {
      const at = scene();
      at.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
      const [long, short] = [at.trader({ wallet: '500' }), at.trader({ wallet: '600' })];
      leverage(at, short);
      at.trade(long, short, { price: '60000', quantity: '0.8' });
      at.buys(short, '3000', '2.2', 'ETHUSDT');
      // The long ends at 59,375; the short has 600 + 3,200 - 1,100 at 2,500, which is 3,375 for each.
      const [reduction] = reductionsOf(at.at({ BTCUSDT: '56000', ETHUSDT: eth }));
      expect(reduction?.bankruptcyPrice).toBe(ticks('59375'));
      return reduction?.fills.map(({ counterparty }) => counterparty);
    };
    expect(crash('2500')).toEqual(['ADL']);
    expect(crash('2499.9')).toEqual(['FUND']);
  });

  it('LIQ-3: a wallet of less than 1 USDT counts as 1', () => {
    const at = scene();
    at.prices(both('60000'));
    const long = at.trader({ wallet: '600' });
    const [less, more] = [at.trader({ wallet: '0.65' }), at.trader({ wallet: '1.4' })];
    at.trade(long, less, { price: '60000', quantity: '0.001' });
    at.trade(long, more, { price: '60000', quantity: '0.002' });
    at.trade(long, at.rich, { price: '60000', quantity: '0.797' });
    // 0.7 / 1 x 0.2372 / 1.35 = 0.12; 1.4 / 1.4 x 0.4744 / 2.8 = 0.17.
    const [reduction] = reductionsOf(at.at(both('59300')));
    expect(reduction?.fills.map(({ userId }) => userId)).toEqual([more, less, at.rich]);
  });
});
