import { formatDecimal, type Money, parseDecimal, parseSignedDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { Event } from '../../event.ts';
import type { Reply } from '../../reply.ts';
import { BTC, ETH, placedCondition, TestVenue, testSymbol } from '../../testing/index.ts';
import type { PositionSide } from '../enums.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;
const free = (symbol = BTC) => ({
  ...symbol,
  feeLevels: [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }],
});

function market(
  options: { wallet?: string; leverage?: number; symbols?: readonly (typeof BTC)[]; mark?: string } = {},
) {
  const venue = new TestVenue(options.symbols ?? [free()]);
  const [user, other] = [venue.user(options.wallet ?? '100000'), venue.user('100000000')];
  venue.price(options.mark ?? '60000');
  for (const { symbol } of [BTC])
    venue.ok({ type: 'set-margin-mode', actor: { userId: user }, symbol, marginMode: 'ISOLATED' });
  for (const userId of [user, other])
    venue.ok({ type: 'set-leverage', actor: { userId }, symbol: 'BTCUSDT', leverage: options.leverage ?? 10 });
  const adjust = (amount: string, positionSide: PositionSide = 'BOTH'): Reply =>
    venue.run({
      type: 'adjust-isolated-margin',
      actor: { userId: user },
      symbol: 'BTCUSDT',
      positionSide,
      amount: parseSignedDecimal(amount) as Money,
    }).reply;
  const margin = (): string => formatDecimal(venue.position(user)?.margin ?? 0n);
  const leverage = (to: number): Reply =>
    venue.run({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: to }).reply;
  return { venue, user, other, adjust, margin, leverage };
}

describe('isolated margin', () => {
  it('MRG-2: an opening fill moves value / leverage in, its fee is paid by the cross wallet', () => {
    const { venue, user, other, margin } = market({ symbols: [BTC] });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    expect(margin()).toBe('6000');
    expect(venue.account(user)).toMatchObject({
      wallet: usdt('99970'),
      isolatedMargin: usdt('6000'),
      used: usdt('6000'),
      available: usdt('93970'),
      marginBalance: usdt('93970'),
      maintenanceMargin: 0n,
      marginRatio: 0n,
    });
    expect(venue.position(user)).toMatchObject({ marginMode: 'ISOLATED', margin: usdt('6000') });
    // 250 by 6,000, up to four decimals.
    expect(formatDecimal(venue.position(user)?.marginRatio ?? 0n)).toBe('0.0417');
  });

  it.each([
    ['52000', '0.54528571', '17.14290477', '-8.00016667'],
    ['51430', '0', '17.11847548', '-8.57016667'],
  ])(
    'MRG-2: a closing fill @ %s brings %s to available: PnL and fee are set against the share of the margin (V20)',
    (price, toAvailable, left, pnl) => {
      const { venue, user, other, margin } = market({
        leverage: 7,
        symbols: [testSymbol({ bandInner: 2_000_000 as never, bandOuter: 3_000_000 as never })],
        wallet: '1000',
      });
      venue.trade(user, other, { price: '60000.1', quantity: '0.001' });
      venue.trade(user, other, { price: '60000.2', quantity: '0.002' });
      expect(margin()).toBe('25.71435715');
      venue.price('52000');
      const before = venue.account(user);
      venue.placed(other, { side: 'BUY', price, quantity: '0.001' });
      const { events } = venue.ok({
        type: 'place-order',
        actor: { userId: user },
        order: venue.order({ side: 'SELL', price, quantity: '0.001' }),
      });
      expect(margin()).toBe(left);
      const after = venue.account(user);
      expect(formatDecimal(after.available - before.available)).toBe(toAvailable);
      const ledger = events.flatMap((event: Event) =>
        event.type === 'ledger' && event.entry.userId === user
          ? [[event.entry.changeType, formatDecimal(event.entry.amount)]]
          : [],
      );
      expect(ledger[0]).toEqual(['REALIZED_PNL', pnl]);
      expect(ledger[1]?.[0]).toBe('HANDLING_FEE');
    },
  );

  it('POS-5: a flip releases the whole margin and moves the new one in', () => {
    const { venue, user, other, margin } = market({ symbols: [BTC] });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    venue.placed(other, { side: 'BUY', price: '60100', quantity: '3' });
    venue.placed(user, { side: 'SELL', price: '60100', quantity: '3' });
    expect(venue.position(user)?.quantity).toBe(-2_000);
    expect(margin()).toBe('12020');
    // 100,000 - 30 + 100 - 90.15, of which 12,020 isolated.
    expect(venue.account(user)).toMatchObject({ wallet: usdt('99979.85'), available: usdt('87959.85') });
  });

  it("MRG-3: the position's margin does not count for the orders that close it (V10)", () => {
    const { venue, user, other } = market({ symbols: [BTC] });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    venue.price('61000');
    venue.placed(user, { side: 'SELL', price: '61000', quantity: '1' });
    venue.placed(user, { side: 'SELL', price: '62000', quantity: '2' });
    venue.placed(user, { side: 'BUY', price: '58000', quantity: '1' });
    expect(formatDecimal(venue.account(user).frozen)).toBe('12395.00000001');
  });

  it('MRG-4: available is the cross wallet less cross margins, frozen and cross loss (V16)', () => {
    const { venue, user, other } = market({ symbols: [free(), free(ETH)], wallet: '10000' });
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    venue.trade(user, other, { price: '60000', quantity: '0.1' });
    venue.run({
      type: 'adjust-isolated-margin',
      actor: { userId: user },
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
      amount: usdt('400') as Money,
    });
    venue.trade(user, other, { symbol: 'ETHUSDT', price: '60000', quantity: '0.5' });
    venue.placed(user, { side: 'BUY', price: '50000', quantity: '0.1' });
    expect(venue.account(user)).toMatchObject({ isolatedMargin: usdt('1000'), frozen: usdt('500') });
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '59000' });
    expect(formatDecimal(venue.account(user).available)).toBe('5000');
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '66000' });
    expect(formatDecimal(venue.account(user).available)).toBe('5500');
  });

  it.each([
    ['59500', '1500'],
    ['61000', '2000'],
    ['57000', '0'],
  ])('MRG-7: at mark %s at most %s can be taken down (V21)', (mark, most) => {
    const { venue, user, other, adjust, margin } = market();
    venue.trade(user, other, { price: '60000', quantity: '1' });
    expect(adjust('2000')).toMatchObject({ ok: true, kind: 'isolated-margin', margin: usdt('8000') });
    venue.price(mark);
    const { wallet, available } = venue.account(user);
    const tooMuch = usdt(most) + 1n;
    expect(adjust(`-${formatDecimal(tooMuch)}`)).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { required: tooMuch, available: usdt(most) },
    });
    expect(adjust(formatDecimal(-usdt(most)))).toMatchObject({ ok: true });
    expect(margin()).toBe(formatDecimal(usdt('8000') - usdt(most)));
    expect(venue.account(user)).toMatchObject({ wallet, available: available + usdt(most) });
  });

  it('MRG-7: adding needs available, a position, and isolated mode; it is no ledger entry (MRG-1)', () => {
    const { venue, user, other, adjust } = market({ wallet: '7000' });
    expect(adjust('1')).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    expect(adjust('1', 'LONG')).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    expect(adjust('1000.00000001')).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { available: usdt('1000') },
    });
    const add = {
      type: 'adjust-isolated-margin',
      actor: { userId: user },
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
    } as const;
    const { events } = venue.ok({ ...add, amount: usdt('1000') as Money });
    expect(events.map(({ type }) => type)).toEqual(['position-changed', 'account-updated']);
    expect(events[1]).toMatchObject({ reason: 'MARGIN', positions: [{ margin: usdt('7000') }] });
    expect(venue.ok({ ...add, amount: 0n as Money }).events).toEqual([]);
    expect(venue.run({ ...add, actor: { userId: other }, amount: 1n as Money }).reply).toMatchObject({
      reason: 'LEVERAGE_LOCKED',
    });
    expect(venue.run({ ...add, symbol: 'NONE', amount: 1n as Money }).reply).toMatchObject({
      reason: 'SYMBOL_NOT_TRADING',
    });
  });

  it('MRG-6: a lower leverage tops the margin up, a higher one leaves it (V22)', () => {
    const { venue, user, other, adjust, margin, leverage } = market({ wallet: '12000' });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    expect(leverage(100)).toMatchObject({ reason: 'TIER_LIMIT' });
    expect(leverage(20)).toMatchObject({ ok: true });
    expect(margin()).toBe('6000');
    expect(adjust('-3000.00000001')).toMatchObject({ reason: 'INSUFFICIENT_MARGIN' });
    expect(adjust('-3000')).toMatchObject({ ok: true });
    expect(leverage(10)).toMatchObject({ ok: true });
    expect(margin()).toBe('6000');
    expect(leverage(5)).toMatchObject({ ok: true });
    expect(margin()).toBe('12000');
    expect(venue.account(user).available).toBe(0n);
    expect(leverage(4)).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { required: usdt('3000'), available: 0n },
    });
  });

  it('MRG-6: the margin mode changes only without positions, orders and claims (3012); no change is success', () => {
    const { venue, user, other } = market();
    const set = (marginMode: 'CROSS' | 'ISOLATED') =>
      venue.run({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'BTCUSDT', marginMode });
    expect(set('ISOLATED')).toMatchObject({ reply: { ok: true }, events: [] });
    venue.placed(user, { side: 'BUY', price: '59000', quantity: '1' });
    expect(set('CROSS').reply).toMatchObject({ reason: 'LEVERAGE_LOCKED' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: user } });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    expect(set('CROSS').reply).toMatchObject({ reason: 'LEVERAGE_LOCKED' });
    venue.trade(other, user, { price: '60000', quantity: '1' });
    placedCondition(venue, user, { side: 'BUY', stop: '70000', quantity: '0.1' });
    expect(set('CROSS').reply).toMatchObject({ reason: 'LEVERAGE_LOCKED' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: user }, cancelType: 2 });
    expect(set('CROSS').events).toContainEqual({
      type: 'margin-mode-changed',
      userId: user,
      symbol: 'BTCUSDT',
      marginMode: 'CROSS',
    });
    expect(venue.core.exchange.settings(user, 'BTCUSDT')).toMatchObject({ marginMode: 'CROSS' });
    expect(
      venue.run({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'NONE', marginMode: 'CROSS' }).reply,
    ).toMatchObject({
      reason: 'SYMBOL_NOT_TRADING',
    });
  });

  it.each([
    ['BUY', '1', 10, '54221.1'],
    ['SELL', '1', 10, '65721.4'],
    ['BUY', '10', 20, '57444.4'],
    ['SELL', '10', 20, '62505'],
  ] as const)(
    'MRG-9: liqPrice of an isolated %s of %s at %sx, whatever the wallet (V25)',
    (side, quantity, leverage, expected) => {
      const { venue, user, other } = market({ leverage, wallet: '1000000' });
      if (side === 'BUY') venue.trade(user, other, { price: '60000', quantity });
      else venue.trade(other, user, { price: '60000', quantity });
      expect(venue.position(user)?.liquidationPrice).toBe(venue.ticks('BTCUSDT', expected));
    },
  );

  it('MRG-11: a closing fill with its fee is the last one that leaves something, beyond it none happens (V19)', () => {
    const close = (price: string) => {
      const { venue, user, other } = market({ leverage: 100, symbols: [BTC] });
      venue.trade(user, other, { price: '60000', quantity: '0.8' });
      venue.placed(other, { side: 'BUY', price, quantity: '0.8' });
      const before = venue.account(user).available;
      const { reply } = venue.place(user, { side: 'SELL', price, quantity: '0.8', more: { reduceOnly: true } });
      return { reply, freed: venue.account(user).available - before };
    };
    const last = close('59429.8');
    expect(last.reply).toMatchObject({ ok: true, order: { status: 'FILLED' } });
    expect(formatDecimal(last.freed)).toBe('0.06808');
    expect(close('59429.7').reply).toMatchObject({ reason: 'INSUFFICIENT_MARGIN' });
  });

  it('MRG-11: an isolated trader cannot hand a loss beyond his margin to the fund (X2)', () => {
    const { venue, user, other } = market({ leverage: 100, symbols: [testSymbol({ bandInner: 1_500_000 as never })] });
    venue.trade(user, other, { price: '60000', quantity: '0.8' });
    venue.placed(other, { side: 'BUY', price: '59100', quantity: '0.8' });
    const { reply } = venue.place(user, { side: 'SELL', price: '59100', quantity: '0.8' });
    expect(reply).toMatchObject({ reason: 'INSUFFICIENT_MARGIN' });
    expect(venue.position(user)?.quantity).toBe(800);
  });

  it('MRG-11: an isolated fill does not leave the cross account below maintenance (X5)', () => {
    const { venue, user, other } = market({ wallet: '1000', symbols: [free(), free(ETH)] });
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '12500' });
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'ETHUSDT', leverage: 100 });
    venue.trade(user, other, { symbol: 'ETHUSDT', price: '12500', quantity: '1' });
    const resting = venue.placed(user, { side: 'BUY', price: '60000', quantity: '0.08' });
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '11620' });
    expect(venue.account(user)).toMatchObject({ marginBalance: usdt('120') });
    venue.place(other, { side: 'SELL', price: '60000', quantity: '0.08', more: { timeInForce: 'IOC' } });
    expect(venue.core.exchange.order(user, { orderId: resting })).toMatchObject({
      status: 'CANCELED',
      rejectReason: 'MARGIN',
    });
    expect(venue.account(user)).toMatchObject({ marginBalance: usdt('120'), isolatedMargin: 0n });
  });

  it('MRG-10: isolated margin cannot be taken out; it survives a snapshot', () => {
    const { venue, user, other } = market({ wallet: '10000' });
    venue.trade(user, other, { price: '60000', quantity: '1' });
    const take = (amount: string) =>
      venue.run({ type: 'adjust-wallet', userId: user, amount: -usdt(amount) as Money, changeType: 'TRANSFER_OUT' })
        .reply;
    expect(take('4000.00000001')).toMatchObject({ reason: 'INSUFFICIENT_BALANCE' });
    expect(take('4000')).toMatchObject({ ok: true });
    const bytes = venue.core.snapshot();
    expect(Buffer.compare(Core.restore(bytes).snapshot(), bytes)).toBe(0);
    expect(Core.restore(bytes).exchange.positions(user)).toEqual(venue.core.exchange.positions(user));
  });

  it('each hedge leg has a margin of its own', () => {
    const { venue, user, other, adjust } = market();
    for (const [side, positionSide] of [
      ['BUY', 'LONG'],
      ['SELL', 'SHORT'],
    ] as const) {
      venue.placed(other, { side: side === 'BUY' ? 'SELL' : 'BUY', price: '60000', quantity: '1' });
      venue.placed(user, { side, price: '60000', quantity: '1', more: { positionSide } });
    }
    expect(adjust('1000', 'SHORT')).toMatchObject({ ok: true, margin: usdt('7000') });
    const legs = venue.core.exchange.positions(user);
    expect(
      legs.map(({ positionSide, margin, liquidationPrice }) => [positionSide, formatDecimal(margin), liquidationPrice]),
    ).toEqual([
      ['LONG', '6000', 542_211],
      ['SHORT', '7000', 667_165],
    ]);
  });
});

describe('leverage of an isolated position that funding has taken from (MRG-6)', () => {
  const shortOfMargin = (deposit: string) => {
    const { venue, user, other, leverage, margin } = market({ wallet: '6000' });
    venue.timeMs = Math.ceil(venue.timeMs / 28_800_000) * 28_800_000 - 3_600_000;
    venue.price('60000');
    venue.trade(user, other, { price: '60000', quantity: '1' });
    venue.timeMs += 3_600_000;
    venue.price('60000');
    expect(margin()).toBe('5994');
    venue.ok({
      type: 'adjust-wallet',
      userId: user,
      amount: parseDecimal(deposit) as Money,
      changeType: 'TRANSFER_IN',
    });
    return { venue, user, leverage, margin };
  };

  it('asks for all that tops it up, the part that was missing before included', () => {
    expect(shortOfMargin('672.66666666').leverage(9)).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { required: usdt('672.66666667'), available: usdt('672.66666666') },
    });
    const { venue, user, leverage, margin } = shortOfMargin('672.66666667');
    expect(leverage(9).ok).toBe(true);
    expect(margin()).toBe('6666.66666667');
    expect(venue.account(user).available).toBe(0n);
  });
});
