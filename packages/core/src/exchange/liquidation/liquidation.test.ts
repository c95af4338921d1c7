import { formatDecimal, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { Event, FillRecord } from '../../event.ts';
import { CrashScene, feeless, reductionsOf, stepsOf, ticks } from '../../testing/crash-scene.ts';
import { BTC, ETH, invariantFaults, TestVenue } from '../../testing/index.ts';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import { adlQuantile } from './adl-quantile.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;
const balanceOf = (scene: TestVenue, userId: number): string => formatDecimal(scene.account(userId).marginBalance);

/** Orders of a user as they ended or changed in some events, with the reason. */
const ordersOf = (events: readonly Event[], userId: number) =>
  events.flatMap((event) =>
    event.type === 'order-updated' && event.order.userId === userId && event.executionType !== 'NEW'
      ? [[event.executionType, event.order.status, event.order.rejectReason] as const]
      : [],
  );
const fillsOf = (events: readonly Event[], userId: number): readonly FillRecord[] =>
  events.flatMap((event) =>
    event.type === 'order-updated' && event.fill !== undefined && event.order.userId === userId ? [event.fill] : [],
  );
const ledgerOf = (events: readonly Event[], userId: number) =>
  events.flatMap((event) =>
    event.type === 'ledger' && event.entry.userId === userId
      ? [[event.entry.changeType, formatDecimal(event.entry.amount)] as const]
      : [],
  );

/** V29's isolated long of 10 at 60,000, 20x, margin 30,000. */
function bigLong(options: { bids?: boolean; fund?: string } = {}) {
  const scene = new CrashScene();
  scene.prices({ BTCUSDT: '60000' });
  const user = scene.trader({ wallet: '40000', leverage: 20, isolated: true });
  scene.buys(user, '60000', '10');
  if (options.bids !== false) scene.placed(scene.rich, { side: 'BUY', price: '57390', quantity: '50' });
  if (options.fund !== undefined) scene.fund(options.fund);
  return { scene, user };
}

describe('the ladder (LIQ-2)', () => {
  it('reduces to the floor of the tier, charges the filled value, and stops when it is enough (V29)', () => {
    const { scene, user } = bigLong();
    scene.at({ BTCUSDT: '57444.5' });
    expect(scene.position(user)?.quantity).toBe(10_000);
    const events = scene.at({ BTCUSDT: '57400' });
    const [cancel, reduce, ...more] = stepsOf(events);
    expect(more).toEqual([]);
    expect(cancel).toMatchObject({ step: 1, detail: { action: 'CANCEL_ORDERS', orderIds: [] } });
    expect(reduce?.before).toMatchObject({
      balance: usdt('4000'),
      maintenanceMargin: usdt('4440'),
      positions: [{ tier: { floor: usdt('250000'), isLast: false } }],
    });
    expect(reduce?.after).toMatchObject({ balance: usdt('3295.6169'), maintenanceMargin: usdt('1199.885') });
    const [reduction] = reductionsOf(events);
    expect(reduction).toMatchObject({
      quantity: 5_645,
      kept: 4_355,
      bankruptcyPrice: ticks('57000'),
      fee: usdt('647.9331'),
    });
    expect(scene.position(user)).toMatchObject({ quantity: 4_355, marginRatio: usdt('0.3641') });
    // What the position gave back stays behind it, and nothing of the cross wallet was touched.
    expect(formatDecimal(scene.account(user).wallet - scene.account(user).isolatedMargin)).toBe('10000');
    expect(formatDecimal(scene.core.exchange.insuranceFund().wallet)).toBe('647.9331');
    expect(ledgerOf(events, user).at(-1)).toEqual(['LIQUIDATION_FEE', '-647.9331']);
  });

  it('MAT-15, FEE-1: its order is an IOC of the venue at the bankruptcy price, without a fee and without volume', () => {
    const { scene, user } = bigLong();
    const events = scene.at({ BTCUSDT: '57400' });
    const [record] = events.flatMap((event) =>
      event.type === 'order-updated' && event.order.userId === user ? [event.order] : [],
    );
    expect(record).toMatchObject({
      clientOrderId: '',
      timeInForce: 'IOC',
      type: 'LIMIT',
      side: 'SELL',
      price: ticks('57000'),
      reduceOnly: true,
      status: 'PENDING',
    });
    expect(fillsOf(events, user)).toMatchObject([
      { price: ticks('57390'), quantity: 5_645, handlingFee: 0n, role: 'taker' },
    ]);
    const { volume } = scene.core.exchangeState.account(user);
    expect(formatDecimal(volume.before(Math.floor(scene.timeMs / 86_400_000) + 1))).toBe('600000');
    const updated = events.find((event) => event.type === 'account-updated' && event.userId === user);
    expect(updated).toMatchObject({ reason: 'LIQUIDATION' });
  });

  it('the fee of a step takes at most what is left (V30, 0.5 %), and 0.2 % leaves a position (V30)', () => {
    const crash = (liquidationFeeRate: number) => {
      const scene = new CrashScene();
      scene.prices({ BTCUSDT: '60000' });
      const user = scene.trader({ wallet: '4800', leverage: 50, isolated: true });
      scene.buys(user, '60000', '4');
      scene.placed(scene.rich, { side: 'BUY', price: '59080', quantity: '50' });
      // The configuration would be refused: the fee is above half the first tier's rate (SYM-1).
      const market = scene.core.exchangeState.markets.get('BTCUSDT')!;
      market.reconfigure({ ...market.parameters, liquidationFeeRate: liquidationFeeRate as never }, scene.timeMs);
      const events = scene.at({ BTCUSDT: '59080' });
      return { scene, user, events, reductions: reductionsOf(events) };
    };
    const dear = crash(500_000);
    expect(dear.reductions.map(({ quantity, fee }) => [quantity, formatDecimal(fee)])).toEqual([
      [3_154, '931.6916'],
      [846, '188.3084'],
    ]);
    expect(dear.scene.account(dear.user).wallet).toBe(0n);
    const fair = crash(200_000);
    expect(fair.reductions.map(({ quantity, fee }) => [quantity, formatDecimal(fee)])).toEqual([[3_154, '372.67664']]);
    expect(fair.scene.position(fair.user)).toMatchObject({ quantity: 846, maintenanceMargin: usdt('199.92672') });
    expect(
      formatDecimal(fair.scene.account(fair.user).isolatedMargin + fair.scene.account(fair.user).unrealizedPnl),
    ).toBe('747.32336');
  });

  it('the fund takes the whole rest at the bankruptcy price, or nothing of it (V31, LIQ-7)', () => {
    const rich = bigLong({ bids: false, fund: '1000000' });
    const events = rich.scene.at({ BTCUSDT: '57400' });
    const [reduction] = reductionsOf(events);
    expect(reduction?.fills).toEqual([
      { counterparty: 'FUND', price: ticks('57000'), quantity: 5_645, userId: INSURANCE_FUND_ID },
    ]);
    const fund = rich.scene.core.exchange.insuranceFund();
    expect(fund).toMatchObject({
      wallet: usdt('1000000'),
      unrealizedPnl: usdt('2258'),
      notional: usdt('324023'),
      positions: [{ symbol: 'BTCUSDT', quantity: 5_645, cost: usdt('321765') }],
    });
    expect(stepsOf(events).at(-1)?.after).toMatchObject({ balance: usdt('1742'), maintenanceMargin: usdt('1199.885') });
    expect(rich.scene.position(rich.user)?.quantity).toBe(4_355);

    const poor = bigLong({ bids: false, fund: '300000' });
    const deleveraged = reductionsOf(poor.scene.at({ BTCUSDT: '57400' }))[0];
    expect(deleveraged).toMatchObject({
      takeover: { notional: usdt('324023'), cap: usdt('300000'), taken: false },
      fills: [{ counterparty: 'ADL', price: ticks('57000'), quantity: 5_645, userId: poor.scene.rich }],
    });
    expect(poor.scene.core.exchange.insuranceFund().positions).toEqual([]);
  });

  it('LIQ-6: the position with the highest maintenance margin goes first, at the price of the whole account (V28)', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '1650' });
    scene.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'ETHUSDT', leverage: 100 });
    scene.buys(user, '60000', '0.5');
    scene.sells(user, '3000', '5', 'ETHUSDT');
    scene.at({ BTCUSDT: '58650', ETHUSDT: '3050' });
    const events = scene.at({ BTCUSDT: '58000', ETHUSDT: '3100' });
    const [first, second] = reductionsOf(events);
    expect(stepsOf(events)[0]?.before).toMatchObject({ balance: usdt('150'), maintenanceMargin: usdt('178') });
    expect(first).toMatchObject({ symbol: 'BTCUSDT', bankruptcyPrice: ticks('57700'), quantity: 500 });
    // Nothing is left then, so that the rest goes at the mark.
    expect(second).toMatchObject({ symbol: 'ETHUSDT', bankruptcyPrice: ticks('3100'), quantity: 5_000 });
    expect(scene.account(user).wallet).toBe(0n);
  });

  it('cancels its orders that are not reduce-only first, of all cross symbols and none of an isolated one', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '1000' });
    scene.ok({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'ETHUSDT', marginMode: 'ISOLATED' });
    scene.buys(user, '60000', '0.8');
    const opening = scene.placed(user, { side: 'BUY', price: '59000', quantity: '0.001' });
    const closing = scene.placed(user, { side: 'SELL', price: '61000', quantity: '0.5', more: { reduceOnly: true } });
    const isolated = scene.placed(user, { symbol: 'ETHUSDT', side: 'BUY', price: '50000', quantity: '0.001' });
    const events = scene.at({ BTCUSDT: '58900', ETHUSDT: '60000' });
    expect(stepsOf(events)[0]?.detail).toEqual({ action: 'CANCEL_ORDERS', orderIds: [opening] });
    const order = (orderId: number) => scene.core.exchange.order(user, { orderId });
    expect(order(opening)).toMatchObject({ status: 'CANCELED', rejectReason: 'LIQUIDATION' });
    expect(order(closing)).toMatchObject({ status: 'CANCELED', rejectReason: 'LIQUIDATION' });
    expect(order(isolated)).toMatchObject({ status: 'PENDING' });
    expect(ordersOf(events, user)).toContainEqual(['EXPIRED', 'CANCELED', 'LIQUIDATION']);
    expect(scene.position(user)).toBeUndefined();
  });

  it('of an isolated position cancels its own orders, and none of another symbol or leg', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '10000', isolated: true });
    const [long, short] = [{ positionSide: 'LONG' }, { positionSide: 'SHORT' }] as const;
    scene.placed(scene.rich, { side: 'SELL', price: '60000', quantity: '0.5' });
    scene.placed(user, { side: 'BUY', price: '60000', quantity: '0.5', more: long });
    const own = ['59000', '58900'].map((price) =>
      scene.placed(user, { side: 'BUY', price, quantity: '0.001', more: long }),
    );
    const others = [
      scene.placed(user, { side: 'SELL', price: '61000', quantity: '0.001', more: short }),
      scene.placed(user, { symbol: 'ETHUSDT', side: 'BUY', price: '59000', quantity: '0.001' }),
    ];
    const [cancel] = stepsOf(scene.at({ BTCUSDT: '59500', ETHUSDT: '60000' }));
    expect(cancel).toMatchObject({ detail: { action: 'CANCEL_ORDERS', orderIds: own } });
    expect(scene.core.exchange.openOrders(user).map(({ orderId }) => orderId)).toEqual(others.toReversed());
  });

  it('SYM-4: leaves the orders of a halted symbol', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '1000' });
    scene.buys(user, '60000', '0.8');
    const kept = scene.placed(user, { symbol: 'ETHUSDT', side: 'BUY', price: '50000', quantity: '0.001' });
    scene.ok({ type: 'configure-symbol', parameters: feeless(ETH, { status: 'HALTED' }) });
    const [cancel] = stepsOf(scene.at({ BTCUSDT: '58900', ETHUSDT: '60000' }));
    expect(cancel?.detail).toEqual({ action: 'CANCEL_ORDERS', orderIds: [] });
    expect(scene.core.exchange.order(user, { orderId: kept })).toMatchObject({ status: 'PENDING' });
  });

  it('tells the tier of a position, the only one being the last', () => {
    const [only] = BTC.tiers;
    const scene = new CrashScene([feeless(BTC, { tiers: [{ ...only!, cap: usdt('10000000') as never }] })]);
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '600' });
    scene.buys(user, '60000', '0.8');
    const [cancel] = stepsOf(scene.at({ BTCUSDT: '59000' }));
    expect(cancel?.before.positions).toMatchObject([{ tier: { floor: 0n, cap: usdt('10000000'), isLast: true } }]);
  });

  it('sets the legs of a cross hedge off against each other at the mark, which can be enough', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '1000' });
    const leg = (side: 'BUY' | 'SELL', positionSide: 'LONG' | 'SHORT', quantity: string) => {
      scene.placed(scene.rich, { side: side === 'BUY' ? 'SELL' : 'BUY', price: '60000', quantity });
      scene.placed(user, { side, price: '60000', quantity, more: { positionSide } });
    };
    leg('BUY', 'LONG', '0.8');
    leg('SELL', 'SHORT', '0.7');
    const before = scene.core.exchange.symbol('BTCUSDT')?.openInterest;
    // 1,000 - 0.1 x 6,900 = 310 against 0.4 % of 79,650.
    const events = scene.at({ BTCUSDT: '53100' });
    const steps = stepsOf(events);
    expect(steps.map(({ detail }) => detail.action)).toEqual(['CANCEL_ORDERS', 'SET_OFF']);
    const [, setOff] = steps;
    expect(setOff?.detail).toMatchObject({ setOff: { quantity: 700, price: ticks('53100') } });
    expect(setOff?.after.balance).toBe(setOff?.before.balance);
    expect(scene.core.exchange.positions(user).map(({ quantity }) => quantity)).toEqual([100]);
    expect(scene.core.exchange.symbol('BTCUSDT')?.openInterest).toBe((before ?? 0) - 700);
    // A set-off is on no tape.
    expect(events.filter(({ type }) => type === 'trade')).toEqual([]);
    const closed = events.find((event) => event.type === 'position-closed');
    expect(closed).toMatchObject({ closed: { positionSide: 'SHORT', closeTrigger: 'LIQUIDATION' } });
  });

  it('looks again at an account that changes after it was looked at, though no other has changed between', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '1000' });
    const leg = (side: 'BUY' | 'SELL', positionSide: 'LONG' | 'SHORT') => {
      scene.placed(scene.rich, { side: side === 'BUY' ? 'SELL' : 'BUY', price: '60000', quantity: '0.8' });
      scene.placed(user, { side, price: '60000', quantity: '0.8', more: { positionSide } });
    };
    leg('BUY', 'LONG');
    leg('SELL', 'SHORT');
    // Higher rates name the holders, the user last, before the first look; what is set off changes him after it.
    const tiers = BTC.tiers.map((tier, k) => ({
      ...tier,
      maxLeverage: 60 - 10 * k,
      maintenanceMarginRate: (1_300_000 + 100_000 * k) as never,
    }));
    scene.ok({ type: 'configure-symbol', parameters: feeless(BTC, { tiers, defaultLeverage: 10 }) });
    const events = scene.at({ BTCUSDT: '60000' });
    expect(stepsOf(events).map(({ detail }) => detail.action)).toEqual(['CANCEL_ORDERS', 'SET_OFF']);
    expect(scene.account(user)).toMatchObject({ marginRatio: 0n });
    expect(invariantFaults(scene.core)).toEqual([]);
  });

  it('MRG-11: is exempt on the side it closes, and makers are not: one without margin is canceled on the way', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '500' });
    const maker = scene.trader({ wallet: '530' });
    scene.buys(user, '60000', '0.8');
    const dead = scene.placed(maker, { side: 'BUY', price: '59990', quantity: '0.8' });
    scene.placed(scene.rich, { side: 'BUY', price: '59500', quantity: '5' });
    const events = scene.at({ BTCUSDT: '59550' });
    expect(scene.core.exchange.order(maker, { orderId: dead })).toMatchObject({
      status: 'CANCELED',
      rejectReason: 'MARGIN',
    });
    expect(fillsOf(events, user)).toMatchObject([{ price: ticks('59500'), quantity: 800 }]);
    expect(balanceOf(scene, user)).toBe('4.8');
  });

  it('a short is liquidated above, by the same steps', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '30000', leverage: 20, isolated: true });
    scene.sells(user, '60000', '10');
    scene.placed(scene.rich, { side: 'SELL', price: '62600', quantity: '50' });
    const [reduction] = reductionsOf(scene.at({ BTCUSDT: '62600' }));
    expect(reduction).toMatchObject({ side: 'BUY', bankruptcyPrice: ticks('63000'), kept: 3_993, quantity: 6_007 });
    expect(scene.position(user)?.quantity).toBe(-3_993);
  });
});

describe('who is liquidated, and when (LIQ-1)', () => {
  it('not at the maintenance margin itself, one tick further yes; never by the last price', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('1000000');
    const user = scene.trader({ wallet: '400' });
    scene.buys(user, '60000', '0.5');
    const liquidationPrice = scene.position(user)?.liquidationPrice ?? 0;
    expect(liquidationPrice).toBe(ticks('59437.7'));
    scene.trade(scene.rich, scene.trader({ wallet: '1000' }), { price: '59420', quantity: '0.001' });
    expect(scene.position(user)?.quantity).toBe(500);
    scene.at({ BTCUSDT: '59437.8' });
    expect(scene.position(user)?.quantity).toBe(500);
    scene.at({ BTCUSDT: '59437.7' });
    expect(scene.position(user)).toBeUndefined();
  });

  it('the highest ratio first, who has nothing before all, then the lower user id', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('10000000');
    const wallets = ['660', '520', '650', '300', '310'];
    const users = wallets.map((wallet) => scene.trader({ wallet }));
    for (const userId of users) scene.buys(userId, '60000', userId > (users[2] ?? 0) ? '0.4' : '0.8');
    const events = scene.at({ BTCUSDT: '59350' });
    const order = stepsOf(events).flatMap(({ userId, step }) => (step === 1 ? [userId] : []));
    // At 59,350: 140, 0, 130 of 189.92; 40, 50 of 94.96.
    expect(order).toEqual([users[1], users[3], users[4], users[2], users[0]]);
  });

  it('checks each again at its turn: a maker of the first may be saved or gone by then', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const first = scene.trader({ wallet: '300' });
    const second = scene.trader({ wallet: '330' });
    scene.buys(first, '60000', '0.4');
    scene.sells(second, '60000', '0.4');
    // The second buys back at 59,400 from the first's liquidation what it was short, far from its own end.
    scene.placed(second, { side: 'BUY', price: '59400', quantity: '0.4', more: { reduceOnly: true } });
    const events = scene.at({ BTCUSDT: '59400' });
    expect(new Set(stepsOf(events).map(({ userId }) => userId))).toEqual(new Set([first]));
    expect(scene.position(second)).toBeUndefined();
  });

  it('after any other command for whom it has touched: a closing fill whose price and fee leave too little', () => {
    const scene = new CrashScene([BTC]);
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '619' });
    scene.buys(user, '60000', '0.8');
    scene.at({ BTCUSDT: '59500' });
    expect(balanceOf(scene, user)).toBe('195');
    scene.placed(scene.rich, { side: 'BUY', price: '59260', quantity: '0.4' });
    const order = scene.order({ side: 'SELL', price: '59260', quantity: '0.6', more: { reduceOnly: true } });
    const { reply, events } = scene.ok({ type: 'place-order', actor: { userId: user }, order });
    // 195 - 96 - 11.852 against 95.2.
    expect(stepsOf(events)[0]?.before).toMatchObject({ balance: usdt('87.148'), maintenanceMargin: usdt('95.2') });
    expect(scene.position(user)).toBeUndefined();
    // The liquidation has cut the rest of the order, and the reply says so (MAT-15).
    expect(reply).toMatchObject({
      ok: true,
      order: { status: 'PARTIALLY_FILLED_CANCELED', filledQuantity: 400, rejectReason: 'LIQUIDATION' },
    });
  });

  it('PRC-1: not while the index is frozen; with the next live price it goes on', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '1000' });
    scene.buys(user, '60000', '0.8');
    scene.sells(user, '3000', '1', 'ETHUSDT');
    scene.timeMs += 10_001;
    // Only ETH has a source: its rise takes what BTC maintains, and only ETH is closed.
    const events = scene.prices({ ETHUSDT: '3900' });
    expect(reductionsOf(events).map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
    expect(scene.account(user)).toMatchObject({ marginBalance: usdt('0') });
    expect(scene.position(user)?.quantity).toBe(800);
    scene.at({ BTCUSDT: '60000', ETHUSDT: '3900' });
    expect(scene.position(user)).toBeUndefined();
  });

  it.each(['CANCEL_ONLY', 'HALTED'] as const)(
    'SYM-4: not while the symbol is %s; a restart forgets nobody',
    (status) => {
      const scene = new CrashScene();
      scene.prices({ BTCUSDT: '60000' });
      scene.fund('10000000');
      const user = scene.trader({ wallet: '600' });
      scene.buys(user, '60000', '0.8');
      scene.ok({ type: 'configure-symbol', parameters: feeless(BTC, { status }) });
      expect(stepsOf(scene.at({ BTCUSDT: '59000' }))).toEqual([]);
      expect(scene.position(user)?.quantity).toBe(800);
      const restarted = Core.restore(scene.core.snapshot());
      scene.ok({ type: 'configure-symbol', parameters: feeless() });
      const events = scene.at({ BTCUSDT: '59000' });
      expect(scene.position(user)).toBeUndefined();
      const [resume, price] = scene.journal.slice(-2);
      restarted.apply(restarted.sequence + 1, resume?.timeMs ?? 0, resume!.command);
      expect(restarted.apply(restarted.sequence + 1, price?.timeMs ?? 0, price!.command).events).toEqual(events);
    },
  );

  it('SYM-1: new tiers can bring someone below maintenance, in the price command that brings them', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '600' });
    scene.buys(user, '60000', '0.8');
    const tiers = BTC.tiers.map((tier, k) =>
      k === 0 ? { ...tier, maxLeverage: 50, maintenanceMarginRate: 1_500_000 as never } : tier,
    );
    const steeper = [tiers[0]!, { ...tiers[1]!, maxLeverage: 40, maintenanceMarginRate: 2_000_000 as never }];
    scene.ok({ type: 'configure-symbol', parameters: feeless(BTC, { tiers: steeper }) });
    scene.at({ BTCUSDT: '60000' });
    expect(scene.position(user)).toBeUndefined();
  });

  it('FND-3: funding can take a position below maintenance, and it is liquidated in the same command', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('10000000');
    const user = scene.trader({ wallet: '1010', leverage: 50, isolated: true });
    scene.buys(user, '60000', '0.8');
    const until = scene.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs ?? 0;
    // Balance 960 - 760 = 200 against 189.04 + 1.8 of funding at 0.01 % is not enough to fall; at 59,040 it is.
    scene.at({ BTCUSDT: '59042' });
    expect(scene.position(user)?.quantity).toBe(800);
    scene.timeMs = until - 1_000;
    const events = scene.at({ BTCUSDT: '59042' });
    const types = events.map(({ type }) => type);
    expect(types.indexOf('funding-settled')).toBeLessThan(types.indexOf('liquidation-step'));
    expect(scene.position(user)).toBeUndefined();
  });
});

describe('auto-deleveraging (LIQ-3)', () => {
  it('goes by score, closes whole positions at the bankruptcy price without a fee, and asks no fund (V32)', () => {
    const tiers = BTC.tiers.map((tier, k) =>
      k === 0 ? { ...tier, cap: usdt('60000') as never } : k === 1 ? { ...tier, floor: usdt('60000') as never } : tier,
    );
    const scene = new CrashScene([feeless(BTC, { tiers })]);
    scene.prices({ BTCUSDT: '61000' });
    const long = scene.trader({ wallet: '2100' });
    const u1 = scene.trader({ wallet: '3000' });
    const u2 = scene.trader({ wallet: '2000', isolated: true });
    const u3 = scene.trader({ wallet: '5000', leverage: 50 });
    const u4 = scene.trader({ wallet: '200' });
    const takes = (seller: number, price: string, quantity: string) => scene.trade(long, seller, { price, quantity });
    takes(u4, '61000', '0.3');
    scene.at({ BTCUSDT: '60000' });
    takes(u1, '60000', '0.5');
    scene.at({ BTCUSDT: '59000' });
    takes(u2, '59000', '0.2');
    scene.sells(u2, '59000', '0.2');
    scene.ok({
      type: 'adjust-isolated-margin',
      actor: { userId: u2 },
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
      amount: usdt('354') as never,
    });
    scene.at({ BTCUSDT: '58500' });
    scene.sells(u3, '58100', '1');
    // By then the queue stands as the vector says.
    const events = scene.at({ BTCUSDT: '58200' });
    const [reduction] = reductionsOf(events);
    expect(reduction).toMatchObject({ bankruptcyPrice: ticks('58000'), quantity: 1_000, fee: 0n });
    expect(reduction?.fills.map(({ userId, quantity, counterparty }) => [userId, quantity, counterparty])).toEqual([
      [u4, 300, 'ADL'],
      [u2, 400, 'ADL'],
      [u1, 300, 'ADL'],
    ]);
    for (const [userId, pnl] of [
      [u4, '900'],
      [u2, '400'],
      [u1, '600'],
    ] as const) {
      expect(ledgerOf(events, userId)).toEqual([['ADL', pnl]]);
      expect(fillsOf(events, userId)).toMatchObject([{ price: ticks('58000'), handlingFee: 0n, role: 'maker' }]);
    }
    expect(scene.position(u1)?.quantity).toBe(-200);
    expect(scene.position(u3)?.quantity).toBe(-1_000);
    expect(scene.account(u2)).toMatchObject({ isolatedMargin: 0n, wallet: usdt('2400') });
    const update = events.find((event) => event.type === 'account-updated' && event.userId === u4);
    expect(update).toMatchObject({ reason: 'ADL' });
    const closed = events.filter((event) => event.type === 'position-closed');
    expect(closed.every((event) => event.closed.closeTrigger === 'LIQUIDATION')).toBe(true);
  });

  it('cuts the reduce-only orders of whom it closes, and says why', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const long = scene.trader({ wallet: '600' });
    const short = scene.trader({ wallet: '10000' });
    scene.trade(long, short, { price: '60000', quantity: '0.8' });
    const exit = scene.placed(short, { side: 'BUY', price: '55000', quantity: '0.8', more: { reduceOnly: true } });
    scene.at({ BTCUSDT: '59350' });
    expect(scene.position(short)).toBeUndefined();
    expect(scene.core.exchange.order(short, { orderId: exit })).toMatchObject({
      status: 'CANCELED',
      rejectReason: 'ADL',
    });
  });

  it('takes the shorts of a long and the longs of a short, both in one command', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    const losers = ['1000', '1000'].map((wallet) => scene.trader({ wallet }));
    const [long, short] = losers as [number, number];
    const [seller, buyer] = [scene.trader({ wallet: '100000' }), scene.trader({ wallet: '100000' })];
    scene.trade(long, seller, { price: '60000', quantity: '0.5' });
    scene.trade(buyer, short, { price: '60000', quantity: '0.5' });
    // Without a profit the larger position is the first.
    scene.buys(buyer, '60000', '0.2');
    scene.sells(seller, '60000', '0.2');
    for (const userId of losers) {
      scene.ok({ type: 'set-leverage', actor: { userId }, symbol: 'ETHUSDT', leverage: 100 });
      scene.buys(userId, '60000', '0.3', 'ETHUSDT');
    }
    const reductions = reductionsOf(scene.at({ BTCUSDT: '60000', ETHUSDT: '57000' }));
    const ofBtc = reductions.filter(({ symbol }) => symbol === 'BTCUSDT');
    expect(ofBtc.map(({ fills }) => fills.map(({ userId, counterparty }) => [userId, counterparty]))).toEqual([
      [[seller, 'ADL']],
      [[buyer, 'ADL']],
    ]);
  });

  it('takes more of one that it took a part of for another, as long as it is the first in the queue', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const longs = ['370', '371'].map((wallet) => scene.trader({ wallet })) as [number, number];
    const [first, second] = [scene.trader({ wallet: '1000' }), scene.trader({ wallet: '100000' })];
    scene.trade(longs[0], first, { price: '60000', quantity: '0.4' });
    scene.trade(longs[1], first, { price: '60000', quantity: '0.2' });
    scene.trade(longs[1], second, { price: '60000', quantity: '0.2' });
    const reductions = reductionsOf(scene.at({ BTCUSDT: '59200' }));
    expect(reductions.map(({ fills }) => fills.map(({ userId, quantity }) => [userId, quantity]))).toEqual([
      [[first, 400]],
      [
        [first, 200],
        [second, 200],
      ],
    ]);
  });

  it('passes over whom the price would leave below 0; with nobody left the fund takes the rest beyond its cap', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const long = scene.trader({ wallet: '500' });
    const short = scene.trader({ wallet: '500' });
    scene.trade(long, short, { price: '60000', quantity: '0.8' });
    // Bankrupt at 59,375: the price is above the mark, 59,375 against 56,000; the short could pay up to 60,625.
    const events = scene.at({ BTCUSDT: '56000' });
    expect(reductionsOf(events)[0]).toMatchObject({
      bankruptcyPrice: ticks('59375'),
      fills: [{ counterparty: 'ADL', userId: short, price: ticks('59375') }],
    });
    expect(scene.account(long).wallet).toBe(0n);
    expect(formatDecimal(scene.account(short).wallet)).toBe('1000');

    const two = new CrashScene([feeless(), feeless(ETH)]);
    two.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    const [lost, weak] = [two.trader({ wallet: '500' }), two.trader({ wallet: '600' })];
    two.ok({ type: 'set-leverage', actor: { userId: weak }, symbol: 'ETHUSDT', leverage: 100 });
    two.trade(lost, weak, { price: '60000', quantity: '0.8' });
    two.buys(weak, '3000', '3', 'ETHUSDT');
    // The short has 800 left by its loss elsewhere: 57,000 is its own end.
    const crash = two.at({ BTCUSDT: '56000', ETHUSDT: '2000' });
    expect(two.position(weak)?.quantity).toBe(-800);
    expect(reductionsOf(crash)[0]).toMatchObject({
      takeover: { taken: false, wallet: 0n, unrealizedPnl: -usdt('2700') },
      fills: [{ counterparty: 'FUND', price: ticks('59375'), quantity: 800 }],
    });
    expect(two.core.exchange.insuranceFund()).toMatchObject({ wallet: 0n, unrealizedPnl: -usdt('2700') });
  });

  it('adlQuantile: 5 is next (V33)', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const users = ['3000', '1000', '2000', '1500', '900', '2500', '4000'].map((wallet) => scene.trader({ wallet }));
    for (const userId of users) scene.sells(userId, '60000', '0.1');
    scene.at({ BTCUSDT: '59000' });
    const quantile = (userId: number) => scene.position(userId)?.adlQuantile;
    // The same profit by less wallet is ahead; the rich seller holds the longs alone.
    expect(users.map(quantile)).toEqual([2, 5, 3, 4, 5, 3, 1]);
    expect([1, 2, 3, 4, 5, 6, 7].map((rank) => adlQuantile(rank, 7))).toEqual([5, 5, 4, 3, 3, 2, 1]);
    expect([1, 2, 3].map((rank) => adlQuantile(rank, 3))).toEqual([5, 4, 2]);
    expect(quantile(scene.rich)).toBe(5);
    // Another order of the queue shows at once where few hold a position.
    const amount = usdt('100000') as never;
    scene.ok({ type: 'adjust-wallet', userId: users[1] as number, amount, changeType: 'TRANSFER_IN' });
    expect(users.map(quantile)).toEqual([3, 1, 4, 5, 5, 3, 2]);
  });
});

describe('what is below 0 (LIQ-4)', () => {
  it('is paid by the fund, whose wallet may fall below 0 by it, with an event', () => {
    const scene = new CrashScene();
    const user = scene.user('100');
    // No rule leads here, so the money leaves behind the rules' back.
    const state = scene.core.exchangeState;
    state.account(user).wallet = -usdt('5') as never;
    state.external = (state.external - usdt('105')) as never;
    const { events } = scene.ok({
      type: 'adjust-wallet',
      userId: user,
      amount: usdt('1') as never,
      changeType: 'ADJUSTMENT',
    });
    expect(stepsOf(events).map(({ detail, liquidationId }) => [detail, liquidationId])).toEqual([
      [{ action: 'COVER', amount: usdt('4') }, 0],
    ]);
    expect(ledgerOf(events, user)).toEqual([
      ['ADJUSTMENT', '1'],
      ['INSURANCE', '4'],
    ]);
    expect(ledgerOf(events, INSURANCE_FUND_ID)).toEqual([['INSURANCE', '-4']]);
    expect(scene.account(user).wallet).toBe(0n);
    expect(events.find(({ type }) => type === 'insurance-fund-deficit')).toMatchObject({ wallet: -usdt('4') });
  });

  it('is paid into an isolated margin too', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '100', isolated: true });
    // No rule leads here either: the margin of a position that is gone is moved below 0.
    const state = scene.core.exchangeState;
    const leg = state.account(user).stance(state.markets.get('BTCUSDT')!).leg('BOTH');
    leg.position = { ...leg.position, margin: -usdt('5') as never };
    const { events } = scene.ok({
      type: 'adjust-wallet',
      userId: user,
      amount: usdt('1') as never,
      changeType: 'ADJUSTMENT',
    });
    expect(stepsOf(events).map(({ detail }) => detail)).toEqual([{ action: 'COVER', amount: usdt('5') }]);
    expect(ledgerOf(events, user)).toEqual([
      ['ADJUSTMENT', '1'],
      ['INSURANCE', '5'],
    ]);
    expect(scene.account(user)).toMatchObject({ wallet: usdt('106'), isolatedMargin: 0n });
  });

  it('X1: nobody can leave a loss to the fund by buying far above the mark in an empty book', () => {
    const scene = new TestVenue();
    scene.price('60000');
    const user = scene.user('509.04');
    scene.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    const { reply } = scene.place(user, { side: 'BUY', price: '60600', quantity: '0.8' });
    expect(reply).toMatchObject({ reason: 'INSUFFICIENT_MARGIN', details: { required: usdt('989.04') } });
  });
});

describe('margin calls (LIQ-5)', () => {
  it('once at 80 %, again only after the ratio was below 75 %', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '1000' });
    scene.buys(user, '60000', '0.8');
    const calls = (price: string) =>
      scene.at({ BTCUSDT: price }).flatMap((event) => (event.type === 'margin-call' ? [event] : []));
    // Balance 1,000 - 0.8 x fall against 3.2 per thousand: 80 % at 59,047.8.
    expect(calls('59100')).toEqual([]);
    const [call, ...more] = calls('59045');
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      userId: user,
      marginMode: 'CROSS',
      symbol: '',
      marginBalance: usdt('236'),
      maintenanceMargin: usdt('188.944'),
      marginRatio: usdt('0.8007'),
    });
    expect(calls('59060')).toEqual([]);
    expect(scene.account(user).marginRatio).toBe(usdt('0.7621'));
    expect(calls('59045')).toEqual([]);
    expect(calls('59070')).toEqual([]);
    expect(scene.account(user).marginRatio).toBeLessThan(usdt('0.75'));
    expect(calls('59045')).toHaveLength(1);
    expect(call?.userSequence).toBeGreaterThan(0);
  });

  it('of several positions go in listing order, LONG before SHORT', () => {
    const scene = new CrashScene([feeless(), feeless(ETH)]);
    scene.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    const user = scene.trader({ wallet: '10000', isolated: true, symbol: 'ETHUSDT' });
    scene.ok({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
    scene.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    scene.placed(scene.rich, { symbol: 'ETHUSDT', side: 'BUY', price: '60000', quantity: '0.1' });
    const short = { positionSide: 'SHORT' } as const;
    scene.placed(user, { symbol: 'ETHUSDT', side: 'SELL', price: '60000', quantity: '0.1', more: short });
    scene.placed(scene.rich, { side: 'SELL', price: '60000', quantity: '0.1' });
    scene.placed(user, { side: 'BUY', price: '60000', quantity: '0.1', more: { positionSide: 'LONG' } });
    scene.placed(scene.rich, { symbol: 'ETHUSDT', side: 'SELL', price: '60000', quantity: '0.1' });
    const long = { positionSide: 'LONG' } as const;
    scene.placed(user, { symbol: 'ETHUSDT', side: 'BUY', price: '60000', quantity: '0.1', more: long });
    // Every maintenance margin rises to most of what stands behind its position.
    const tiers = BTC.tiers.map((tier, k) => ({
      ...tier,
      maxLeverage: 100 - 10 * k,
      maintenanceMarginRate: (850_000 + 10_000 * k) as never,
    }));
    for (const symbol of [BTC, ETH])
      scene.ok({ type: 'configure-symbol', parameters: feeless(symbol, { tiers, liquidationFeeRate: 0 as never }) });
    const calls = scene
      .at({ BTCUSDT: '60000', ETHUSDT: '60000' })
      .flatMap((event) => (event.type === 'margin-call' ? [`${event.symbol} ${event.positionSide}`] : []));
    expect(calls).toEqual(['BTCUSDT LONG', 'ETHUSDT LONG', 'ETHUSDT SHORT']);
  });

  it('one of an isolated position names it', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '1000', isolated: true });
    scene.buys(user, '60000', '0.8');
    const call = scene.at({ BTCUSDT: '59695' }).find(({ type }) => type === 'margin-call');
    expect(call).toMatchObject({
      marginMode: 'ISOLATED',
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
      marginBalance: usdt('236'),
    });
  });
});

describe('the insurance fund (LIQ-7)', () => {
  it('offers a tenth of what it holds at each price, within half a percent of the mark', () => {
    const { scene } = bigLong({ bids: false, fund: '1000000' });
    scene.at({ BTCUSDT: '57400' });
    const held = () => scene.core.exchange.insuranceFund().positions[0]?.quantity ?? 0;
    expect(held()).toBe(5_645);
    // Nothing to take, then too far off, then at the bound itself: 57,400 x 0.995 = 57,113.
    expect(scene.at({ BTCUSDT: '57400' }).filter(({ type }) => type === 'order-updated')).toEqual([]);
    scene.placed(scene.rich, { side: 'BUY', price: '57112.9', quantity: '10' });
    scene.at({ BTCUSDT: '57400' });
    expect(held()).toBe(5_645);
    scene.placed(scene.rich, { side: 'BUY', price: '57113', quantity: '0.7' });
    const events = scene.at({ BTCUSDT: '57400' });
    expect(held()).toBe(5_645 - 564);
    expect(fillsOf(events, INSURANCE_FUND_ID)).toMatchObject([
      { quantity: 564, price: ticks('57113'), handlingFee: 0n },
    ]);
    // 0.136 of the 0.508 that is offered next finds a bid.
    const partly = scene.at({ BTCUSDT: '57400' });
    expect(held()).toBe(5_645 - 564 - 136);
    expect(ordersOf(partly, INSURANCE_FUND_ID).at(-1)).toEqual(['EXPIRED', 'PARTIALLY_FILLED_CANCELED', 'IOC']);
  });

  it('pays and gets funding', () => {
    const { scene } = bigLong({ bids: false, fund: '1000000' });
    scene.at({ BTCUSDT: '57400' });
    scene.timeMs = (scene.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs ?? 0) - 1_000;
    const events = scene.at({ BTCUSDT: '57400' });
    // 5.645 x 57,400 x 0.01 %.
    expect(ledgerOf(events, INSURANCE_FUND_ID)).toEqual([['FUNDING_FEE', '-32.4023']]);
  });

  it('takes what only reduces its position whatever its wallet, and holds to a configured cap', () => {
    const scene = new CrashScene([feeless(BTC, { fundCap: usdt('20000') as never })]);
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('1000');
    const long = scene.trader({ wallet: '200' });
    scene.buys(long, '60000', '0.3');
    scene.at({ BTCUSDT: '59550' });
    expect(scene.core.exchange.insuranceFund().positions[0]?.quantity).toBe(300);
    const short = scene.trader({ wallet: '300' });
    scene.sells(short, '59550', '0.2');
    const second = scene.trader({ wallet: '300' });
    scene.buys(second, '59550', '0.2');
    // The short of 0.2 reduces what the fund has; a long of 0.2 more would be 0.3 x 61,000.
    const up = scene.at({ BTCUSDT: '61000' });
    expect(reductionsOf(up)[0]?.takeover).toMatchObject({ reduces: true, taken: true });
    expect(scene.core.exchange.insuranceFund().positions[0]?.quantity).toBe(100);
    const down = scene.at({ BTCUSDT: '58000' });
    expect(reductionsOf(down)[0]?.takeover).toMatchObject({ notional: usdt('17400'), cap: usdt('20000'), taken: true });
  });

  it('is filled and emptied by the operator, never beyond what it has after its losses', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('1000');
    const take = (amount: string) => scene.run({ type: 'adjust-insurance-fund', amount: -usdt(amount) as never }).reply;
    expect(take('1000.00000001')).toMatchObject({
      reason: 'INSUFFICIENT_BALANCE',
      details: { available: usdt('1000') },
    });
    expect(take('400')).toMatchObject({ ok: true });
    expect(scene.core.exchange.insuranceFund()).toMatchObject({ wallet: usdt('600'), positions: [] });
  });
});

describe('a command whose last change before a liquidation was of the liquidated account', () => {
  it('LIQ-5: looks at it again: funding, then a set-off that leaves nothing to maintain', () => {
    const scene = new CrashScene();
    const eight = 8 * 3_600_000;
    scene.timeMs = Math.ceil(scene.timeMs / eight) * eight - 3_600_000;
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '1000' });
    for (const [side, positionSide] of [
      ['BUY', 'LONG'],
      ['SELL', 'SHORT'],
    ] as const) {
      const at = { price: '60000', quantity: '0.8' };
      scene.placed(scene.rich, { side: side === 'BUY' ? 'SELL' : 'BUY', ...at });
      scene.placed(user, { side, ...at, more: { positionSide } });
    }
    scene.timeMs += 3_600_000;
    const events = scene.prices({ BTCUSDT: '138000' });
    expect(stepsOf(events).map(({ detail }) => detail.action)).toEqual(['CANCEL_ORDERS', 'SET_OFF']);
    expect(ledgerOf(events, user).at(0)?.[0]).toBe('FUNDING_FEE');
    expect(scene.core.exchangeState.accounts.get(user)?.marginCalled).toBe(false);
  });
});

describe('the insurance fund after a restart (LIQ-7)', () => {
  it('INV-6: is not watched for a liquidation, so that a price command tells no deficit of it anew', () => {
    const { scene } = bigLong({ bids: false, fund: '1000000' });
    scene.at({ BTCUSDT: '57400' });
    expect(scene.core.exchange.insuranceFund().positions).toHaveLength(1);
    // No rule leads here, so the money leaves behind the rules' back.
    const state = scene.core.exchangeState;
    state.account(INSURANCE_FUND_ID).wallet = -usdt('500') as never;
    state.external = (state.external - usdt('1000500')) as never;
    const restored = Core.restore(scene.core.snapshot());
    const live = scene.at({ BTCUSDT: '57400' });
    const { command, timeMs } = scene.journal.at(-1)!;
    expect(restored.apply(restored.sequence + 1, timeMs, command).events).toEqual(live);
  });
});
