import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import { expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { CrashScene, feeless } from '../../testing/crash-scene.ts';
import { BTC, ETH, SeededRandom } from '../../testing/index.ts';

const MAX_PRICE = 1_500;
const KINDS = ['cross', 'isolated', 'hedge', 'isolated-hedge'] as const;

/** Few ticks, so that each can be tried, and a band that lets the legs begin apart. */
const coarse = feeless(BTC, {
  maxLimitOrderQuantity: 5_000_000 as QuantitySteps,
  maxPrice: MAX_PRICE as PriceTicks,
  minNotional: 0n as Money,
  bandInner: 10_000_000 as Rate,
  bandOuter: 20_000_000 as Rate,
});

function randomScene(random: SeededRandom, kind: (typeof KINDS)[number]): { scene: CrashScene; user: number } {
  const scene = new CrashScene([coarse, feeless(ETH)]);
  scene.prices({ BTCUSDT: '60', ETHUSDT: '3000' });
  const user = scene.trader({
    wallet: String(random.integer(500, 9_000)),
    leverage: random.pick([10, 20, 50, 100]),
    isolated: kind.startsWith('isolated'),
  });
  const open = (side: 'BUY' | 'SELL', positionSide: 'BOTH' | 'LONG' | 'SHORT', price: string): void => {
    const quantity = String(random.integer(1, 2_500));
    const orderId = scene.placed(scene.rich, { side: side === 'BUY' ? 'SELL' : 'BUY', price, quantity });
    const { reply } = scene.place(user, { side, price, quantity, more: { positionSide } });
    if (reply.ok) return;
    scene.ok({ type: 'cancel-order', actor: { userId: scene.rich }, order: { symbol: 'BTCUSDT', orderId } });
  };
  if (kind.endsWith('hedge')) {
    open('BUY', 'LONG', '60');
    open('SELL', 'SHORT', random.pick(['60', '60.5', '59.7']));
  } else open(random.pick(['BUY', 'SELL'] as const), 'BOTH', '60');
  if (random.chance(1, 2)) {
    const elsewhere = { symbol: 'ETHUSDT', price: '3000', quantity: '0.5' };
    scene.placed(scene.rich, { side: 'SELL', ...elsewhere });
    scene.place(user, { side: 'BUY', ...elsewhere });
  }
  scene.at({
    BTCUSDT: random.pick(['60', '59.8', '60.3', '61']),
    ETHUSDT: random.pick(['3000', '2950', '3050']),
  });
  return { scene, user };
}

it('MRG-9: liqPrice is the nearest tick at which a copy of the venue liquidates, tick by tick', {
  timeout: 60_000,
}, () => {
  const random = new SeededRandom(77);
  const found = { below: 0, above: 0 };
  for (let round = 0; round < 32; round++) {
    const { scene, user } = randomScene(random, KINDS[round % KINDS.length] ?? 'cross');
    const snapshot = scene.core.snapshot();
    const liquidatedAt = (price: number): readonly string[] => {
      const copy = Core.restore(snapshot);
      const quotes = [{ source: 'test', price: price as PriceTicks, ageMs: 0, weight: 1 }];
      const symbols = [{ symbol: 'BTCUSDT', quotes }];
      const { events } = copy.apply(copy.sequence + 1, scene.timeMs, { type: 'update-prices', symbols });
      expect(copy.exchange.symbol('BTCUSDT')?.mark).toBe(price);
      return events.flatMap((event) =>
        event.type === 'liquidation-step' && event.userId === user ? [event.marginMode + event.positionSide] : [],
      );
    };
    for (const { marginMode, positionSide, liquidationPrice, mark } of scene.core.exchange.positions(user, 'BTCUSDT')) {
      const unit = marginMode === 'CROSS' ? 'CROSSBOTH' : marginMode + positionSide;
      let nearest = 0;
      for (let distance = 0; distance <= MAX_PRICE && nearest === 0; distance++)
        for (const price of [mark - distance, mark + distance])
          if (nearest === 0 && price >= 1 && price <= MAX_PRICE && liquidatedAt(price).includes(unit)) nearest = price;
      expect(liquidationPrice, `round ${round} ${unit}`).toBe(nearest);
      if (nearest !== 0) found[nearest < mark ? 'below' : 'above']++;
    }
  }
  expect(found.below).toBeGreaterThan(8);
  expect(found.above).toBeGreaterThan(8);
});
