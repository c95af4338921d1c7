import { formatDecimal, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { BTC, ETH, TestVenue, testSymbol } from '../../testing/index.ts';
import { TierTable } from '../symbols/tier-table.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;

/** A user with a BTC long or short made at a price, and a counterparty with deep pockets. */
function withPosition(options: {
  wallet: string;
  side: 'BUY' | 'SELL';
  quantity: string;
  price: string;
  leverage: number;
  feeless?: boolean;
}) {
  const fees =
    options.feeless === false ? BTC.feeLevels : [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }];
  const venue = new TestVenue([testSymbol({ feeLevels: fees })]);
  const user = venue.user(options.wallet);
  const other = venue.user('100000000');
  venue.price(options.price);
  for (const userId of [user, other])
    venue.ok({ type: 'set-leverage', actor: { userId }, symbol: 'BTCUSDT', leverage: options.leverage });
  const at = { price: options.price, quantity: options.quantity };
  if (options.side === 'BUY') venue.trade(user, other, at);
  else venue.trade(other, user, at);
  return { venue, user, other };
}

describe('maintenance margin (MRG-5)', () => {
  const tiers = new TierTable(BTC.tiers);
  it.each([
    ['10000', '40'],
    ['50000', '200'],
    ['50001', '200.005'],
    ['260000', '1300'],
    ['1500000', '21200'],
  ])('MM(%s) = %s', (notional, expected) =>
    expect(formatDecimal(tiers.maintenanceMargin(usdt(notional)))).toBe(expected),
  );
  it('has the amounts 0, 50, 1300, 16300', () =>
    expect([0, 1, 2, 3].map((k) => formatDecimal(tiers.maintenanceAmount(k)))).toEqual(['0', '50', '1300', '16300']));
  it('rounds up once (V24)', () => {
    const odd = new TierTable([{ ...BTC.tiers[0]!, maintenanceMarginRate: 333_330 as never }]);
    expect(formatDecimal(odd.maintenanceMargin(usdt('60.0185')))).toBe('0.20005967');
  });
  it('takes a notional of exactly the cap into the lower tier', () =>
    expect([tiers.tierOf(usdt('50000')), tiers.tierOf(usdt('50000.00000001'))]).toEqual([0, 1]));
});

describe('initial and frozen margin', () => {
  it('MRG-2: cost / leverage, up, whatever the mark (V07)', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('1000'), venue.user('1000')];
    venue.price('60000');
    for (const userId of [a, b]) venue.ok({ type: 'set-leverage', actor: { userId }, symbol: 'BTCUSDT', leverage: 7 });
    venue.trade(a, b, { price: '60000.1', quantity: '0.001' });
    venue.trade(a, b, { price: '60000.2', quantity: '0.002' });
    expect(formatDecimal(venue.account(a).used)).toBe('25.71435715');
    venue.price('61000');
    expect(formatDecimal(venue.account(a).used)).toBe('25.71435715');
  });

  it('MRG-3: value / leverage and the fee at the worst rate (V08)', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.placed(a, { side: 'BUY', price: '59900', quantity: '0.5' });
    expect(formatDecimal(venue.account(a).frozen)).toBe('3009.975');
    venue.placed(b, { side: 'BUY', price: '59900', quantity: '0.5', more: { makerOnly: true } });
    expect(formatDecimal(venue.account(b).frozen)).toBe('3000.99');
  });

  it('MRG-3: a negative maker rate freezes no fee (V08)', () => {
    const venue = new TestVenue([testSymbol({ feeLevels: [{ ...BTC.feeLevels[0]!, maker: -10_000 as never }] })]);
    const a = venue.user('100000');
    venue.price('60000');
    venue.placed(a, { side: 'BUY', price: '59900', quantity: '0.5', more: { makerOnly: true } });
    expect(formatDecimal(venue.account(a).frozen)).toBe('2995');
  });

  it('MRG-3: orders that close count only beyond the position, less its initial margin (V09)', () => {
    const { venue, user } = withPosition({
      wallet: '100000',
      side: 'BUY',
      quantity: '1',
      price: '60000',
      leverage: 10,
      feeless: false,
    });
    venue.price('61000');
    venue.placed(user, { side: 'SELL', price: '61000', quantity: '1' });
    expect(venue.account(user).frozen).toBe(0n);
    venue.placed(user, { side: 'SELL', price: '62000', quantity: '2' });
    venue.placed(user, { side: 'BUY', price: '58000', quantity: '1' });
    expect(formatDecimal(venue.account(user).frozen)).toBe('6395.00000001');
  });

  it('MRG-3: each term is rounded up once over all orders (V09b)', () => {
    const venue = new TestVenue([testSymbol({ feeLevels: [{ ...BTC.feeLevels[0]!, taker: 33_300 as never }] })]);
    const a = venue.user('1000');
    venue.price('60000');
    venue.ok({ type: 'set-leverage', actor: { userId: a }, symbol: 'BTCUSDT', leverage: 7 });
    for (let i = 0; i < 3; i++) venue.placed(a, { side: 'BUY', price: '60000.1', quantity: '0.001' });
    expect(venue.account(a).frozen).toBe(usdt('25.71432858') + usdt('0.0599401'));
  });
});

describe('required margin (MRG-4)', () => {
  const required = (venue: TestVenue, userId: number, order: Parameters<TestVenue['place']>[1]): string => {
    const { reply } = venue.place(userId, order);
    if (reply.ok || reply.details.required === undefined)
      throw new Error(`expected a margin refusal: ${reply.ok ? 'accepted' : reply.reason}`);
    return formatDecimal(reply.details.required);
  };
  const poor = () => {
    const venue = new TestVenue();
    const maker = venue.user('10000000');
    const user = venue.user('1');
    venue.price('60000');
    return { venue, maker, user };
  };

  it('MARKET: margin, fee and open loss at the fills it would make (V12)', () => {
    const { venue, maker, user } = poor();
    venue.placed(maker, { side: 'SELL', price: '60010', quantity: '0.5' });
    venue.placed(maker, { side: 'SELL', price: '60030', quantity: '0.5' });
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 20 });
    expect(required(venue, user, { type: 'MARKET', side: 'BUY', quantity: '1' })).toBe('3051.01');
  });

  it('LIMIT that crosses: counted at its fills (V13)', () => {
    const { venue, maker, user } = poor();
    venue.placed(maker, { side: 'BUY', price: '59990', quantity: '0.4' });
    venue.placed(maker, { side: 'BUY', price: '59980', quantity: '0.6' });
    expect(required(venue, user, { side: 'SELL', price: '59500', quantity: '1' })).toBe('6044.392');
  });

  it('LIMIT that rests beyond the mark: its open loss counts (V14)', () => {
    const { venue, user } = poor();
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    expect(required(venue, user, { side: 'BUY', price: '60600', quantity: '0.8' })).toBe('989.04');
  });

  it('POS-5: a flip needs the fee of its opening half, and is refused whole without it (V15)', () => {
    for (const [extra, accepted] of [
      ['30', true],
      ['29.99999999', false],
    ] as const) {
      const { venue, user } = withPosition({
        wallet: '6030',
        side: 'BUY',
        quantity: '1',
        price: '60000',
        leverage: 10,
        feeless: false,
      });
      // The opening fee left 6000 of used margin and nothing else; bring available to exactly `extra`.
      const missing = usdt(extra) - venue.account(user).available;
      venue.ok({ type: 'adjust-wallet', userId: user, amount: missing as never, changeType: 'TRANSFER_IN' });
      expect(formatDecimal(venue.account(user).available)).toBe(extra);
      const { reply } = venue.place(user, { side: 'SELL', price: '60000', quantity: '2' });
      expect(reply.ok).toBe(accepted);
      if (!reply.ok) expect(reply).toMatchObject({ reason: 'INSUFFICIENT_MARGIN', details: { required: usdt('30') } });
    }
  });

  it('unrealised profit is not available, a loss is taken off (V16, cross part; X6)', () => {
    const { venue, user } = withPosition({
      wallet: '10000',
      side: 'BUY',
      quantity: '0.5',
      price: '60000',
      leverage: 10,
    });
    const free = usdt('7000');
    expect(venue.account(user).available).toBe(free);
    venue.price('59000');
    expect(venue.account(user).available).toBe(free - usdt('500'));
    venue.price('61000');
    expect(venue.account(user).available).toBe(free);
  });

  it('MRG-5: position at mark and the opening value of the side may reach the cap, not pass it (V23)', () => {
    const { venue, user } = withPosition({
      wallet: '100000',
      side: 'BUY',
      quantity: '4',
      price: '60000',
      leverage: 50,
    });
    expect(venue.place(user, { side: 'BUY', price: '50000', quantity: '0.201' }).reply).toMatchObject({
      reason: 'TIER_LIMIT',
    });
    expect(venue.place(user, { side: 'BUY', price: '50000', quantity: '0.2' }).reply.ok).toBe(true);
  });
});

describe('checks at every match (MRG-11)', () => {
  it("a fill that would leave its owner below maintenance does not happen (V17 with the maker's fee)", () => {
    for (const [wallet, fills] of [
      ['681.696', true],
      ['681.69599999', false],
    ] as const) {
      const venue = new TestVenue();
      const maker = venue.user('10000000');
      const user = venue.user(wallet);
      venue.price('60000');
      venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
      venue.ok({ type: 'adjust-wallet', userId: user, amount: usdt('1000') as never, changeType: 'TRANSFER_IN' });
      venue.placed(user, { side: 'BUY', price: '60600', quantity: '0.8' });
      venue.ok({ type: 'adjust-wallet', userId: user, amount: -usdt('1000') as never, changeType: 'TRANSFER_OUT' });
      const { reply } = venue.place(maker, {
        side: 'SELL',
        price: '60600',
        quantity: '0.8',
        more: { timeInForce: 'IOC' },
      });
      expect(reply).toMatchObject({ ok: true, order: { filledQuantity: fills ? 800 : 0 } });
    }
  });

  it('a resting order whose owner ran out is canceled and matching goes on (V18)', () => {
    const venue = new TestVenue();
    const [user, other] = [venue.user('266.8'), venue.user('1000000')];
    venue.price('60000');
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    venue.placed(user, { side: 'BUY', price: '60000', quantity: '0.4' });
    venue.placed(other, { side: 'SELL', price: '60000', quantity: '0.4' });
    // Against the long of 0.4 the two orders freeze fees alone.
    const sells = [1, 2].map(() => venue.placed(user, { side: 'SELL', price: '60000', quantity: '0.4' }));
    expect(formatDecimal(venue.account(user).frozen)).toBe('12');
    venue.placed(other, { side: 'BUY', price: '59990', quantity: '0.4' });
    venue.ok({ type: 'adjust-wallet', userId: user, amount: usdt('3.998') as never, changeType: 'TRANSFER_IN' });
    venue.placed(user, { type: 'MARKET', side: 'SELL', quantity: '0.4', more: { reduceOnly: true } });
    expect(formatDecimal(venue.account(user).wallet)).toBe('250');
    const { reply } = venue.place(other, { side: 'BUY', price: '60000', quantity: '0.8' });
    expect(sells.map((orderId) => venue.core.exchange.order(user, { orderId }))).toMatchObject([
      { status: 'FILLED' },
      { status: 'CANCELED', rejectReason: 'MARGIN' },
    ]);
    expect(venue.position(user)?.quantity).toBe(-400);
    expect(reply).toMatchObject({ ok: true, order: { status: 'PARTIALLY_FILLED', filledQuantity: 400 } });
  });
});

describe('an empty book is no shortcut out of one (X1)', () => {
  it('MRG-4, MRG-11: an order far beyond the mark needs what it would lose at once, and a fill below maintenance does not happen', () => {
    const venue = new TestVenue();
    const [user, other] = [venue.user('509.04'), venue.user('1000000')];
    venue.price('60000');
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    const buy = { side: 'BUY', price: '60600', quantity: '0.8' } as const;
    expect(venue.place(user, buy).reply).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { required: usdt('989.04'), available: usdt('509.04') },
    });
    venue.price('60600');
    const resting = venue.placed(user, buy);
    venue.price('60000');
    venue.place(other, { side: 'SELL', price: '60600', quantity: '0.8', more: { timeInForce: 'IOC' } });
    expect(venue.core.exchange.order(user, { orderId: resting })).toMatchObject({ rejectReason: 'MARGIN' });
    expect(venue.account(user)).toMatchObject({ wallet: usdt('509.04'), maintenanceMargin: 0n });
  });
});

describe('leverage (MRG-6)', () => {
  it('is a whole number from 1 to the first tier maximum; no change is success without an event', () => {
    const venue = new TestVenue();
    const a = venue.user('1000');
    const set = (leverage: number, symbol = 'BTCUSDT') =>
      venue.run({ type: 'set-leverage', actor: { userId: a }, symbol, leverage });
    for (const bad of [0, 101, 1.5, -1, Number.NaN]) expect(set(bad).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(set(10, 'NONE').reply).toMatchObject({ reason: 'SYMBOL_NOT_TRADING' });
    expect(set(10)).toMatchObject({ reply: { ok: true }, events: [] });
    expect(set(100).reply).toMatchObject({ ok: true, leverage: 100 });
    expect(venue.core.exchange.settings(a, 'BTCUSDT')).toEqual({ leverage: 100, marginMode: 'CROSS' });
  });
  it('MRG-5: of orders that close first it takes the part that opens', () => {
    const venue = new TestVenue([testSymbol({ stepSize: usdt('1') as never })]);
    const [user, other] = [venue.user('100000'), venue.user('100000')];
    venue.price('24000');
    venue.trade(other, user, { price: '24000', quantity: '1' });
    venue.placed(user, { side: 'BUY', price: '24000', quantity: '3' });
    // Two of three open: 48,000 of the 50,000 that 100x allows.
    const { reply } = venue.run({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 100 });
    expect(reply).toMatchObject({ ok: true, leverage: 100 });
  });

  it('is refused when the margin it needs is more than available, or its tier is too small (V22, cross)', () => {
    const { venue, user } = withPosition({ wallet: '7000', side: 'BUY', quantity: '1', price: '60000', leverage: 10 });
    const set = (leverage: number) =>
      venue.run({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage }).reply;
    expect(set(5)).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { required: usdt('6000'), available: usdt('1000') },
    });
    expect(set(100)).toMatchObject({ reason: 'TIER_LIMIT' });
    expect(set(20)).toMatchObject({ ok: true });
    expect(venue.account(user).used).toBe(usdt('3000'));
  });
});

describe('what a position shows', () => {
  it.each([
    ['BUY', '60060.03001501'],
    ['SELL', '59940.02998501'],
  ] as const)('POS-6: entry, break-even and roe of a %s (V06)', (side, breakEven) => {
    const venue = new TestVenue();
    const [user, other] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.placed(other, { side: side === 'BUY' ? 'SELL' : 'BUY', price: '60000', quantity: '1' });
    venue.placed(user, { side, price: '60000', quantity: '1' });
    const position = venue.position(user);
    expect(formatDecimal(position?.entryPrice ?? 0n)).toBe('60000');
    expect(formatDecimal(position?.breakEvenPrice ?? 0n)).toBe(breakEven);
    venue.price('61000');
    expect(formatDecimal(venue.position(user)?.roe ?? 0n)).toBe(side === 'BUY' ? '0.16666667' : '-0.16666667');
  });

  it.each([
    ['BUY', '1', 10, '6000', '54221.1'],
    ['SELL', '1', 10, '6000', '65721.4'],
    ['BUY', '10', 20, '30000', '57444.4'],
    ['SELL', '10', 20, '30000', '62505'],
  ] as const)(
    'MRG-9: liqPrice of a %s of %s at %sx alone with its margin (V25)',
    (side, quantity, leverage, wallet, expected) => {
      const { venue, user } = withPosition({ wallet, side, quantity, price: '60000', leverage });
      expect(venue.position(user)?.liquidationPrice).toBe(venue.ticks('BTCUSDT', expected));
    },
  );

  it('MRG-9: is 0 when no price liquidates', () => {
    const { venue, user } = withPosition({
      wallet: '100000',
      side: 'BUY',
      quantity: '1',
      price: '60000',
      leverage: 10,
    });
    expect(venue.position(user)?.liquidationPrice).toBe(0);
  });

  it('MRG-8: the ratio goes up to 4 decimals over all cross positions', () => {
    const venue = new TestVenue([BTC, ETH]);
    const [a, b] = [venue.user('10000'), venue.user('10000')];
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    venue.trade(a, b, { price: '60000', quantity: '0.1' });
    venue.trade(a, b, { symbol: 'ETHUSDT', price: '3000', quantity: '1' });
    const { maintenanceMargin, marginBalance, marginRatio } = venue.account(a);
    expect(formatDecimal(maintenanceMargin)).toBe('36');
    expect(marginRatio).toBe(((maintenanceMargin * 10_000n + marginBalance - 1n) / marginBalance) * 10_000n);
    expect(venue.account(venue.user('0')).marginRatio).toBe(0n);
  });
});

describe('money in and out (MRG-1, MRG-10)', () => {
  it('is a ledger entry with before and after; only what is available leaves', () => {
    const { venue, user } = withPosition({
      wallet: '10000',
      side: 'BUY',
      quantity: '0.5',
      price: '60000',
      leverage: 10,
    });
    const take = (amount: string) =>
      venue.run({ type: 'adjust-wallet', userId: user, amount: -usdt(amount) as never, changeType: 'TRANSFER_OUT' });
    expect(take('7000.00000001').reply).toMatchObject({ reason: 'INSUFFICIENT_BALANCE' });
    expect(take('7000').events).toContainEqual(
      expect.objectContaining({
        type: 'ledger',
        entry: expect.objectContaining({
          changeType: 'TRANSFER_OUT',
          amount: -usdt('7000'),
          walletBefore: usdt('10000'),
          walletAfter: usdt('3000'),
        }),
      }),
    );
    expect(venue.account(user).available).toBe(0n);
  });
  it('INV-1: a round trip through three users conserves the deposits (V04)', () => {
    const venue = new TestVenue([
      testSymbol({ feeLevels: [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }] }),
    ]);
    const [a, b, c] = [venue.user('10000'), venue.user('10000'), venue.user('10000')];
    venue.price('60000');
    venue.trade(a, b, { price: '60000', quantity: '1' });
    venue.price('60500');
    venue.trade(c, a, { price: '60500', quantity: '1' });
    expect([a, b, c].map((userId) => formatDecimal(venue.account(userId).wallet))).toEqual(['10500', '10000', '10000']);
  });
});
