import { type Command, MAX_BATCH, type OrderRecord, type SymbolView } from '@openvenue/core';
import { priceTicks, quantitySteps } from '@openvenue/money';
import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import { SimulationVenue } from '../testing/simulation-venue.ts';
import { HOUSE_FUNDING } from './accounts.ts';
import { LADDER_LEVELS, usdtPerStep } from './ladder.ts';
import {
  MAKER_POSITION_CAP_USDT,
  MAX_AMENDMENTS_PER_REVIEW,
  type MakerPlan,
  makerCommands,
  planQuotes,
} from './maker.ts';

const SYMBOL = 'BTCUSDT';

/** One maker on a venue whose index the test sets, in ticks. */
class Desk {
  readonly venue = new SimulationVenue();
  readonly userId = this.venue.accounts.makers[0] as number;

  constructor() {
    this.setIndex(1_000_000);
  }

  get view(): SymbolView {
    return this.venue.core.exchange.symbol(SYMBOL) as SymbolView;
  }

  get orders(): readonly OrderRecord[] {
    return this.venue.core.exchange.openOrders(this.userId, SYMBOL);
  }

  setIndex(ticks: number): void {
    const quotes = [{ source: 'test', price: priceTicks(ticks), ageMs: 0, weight: 1 }];
    this.venue.ok({ type: 'update-prices', symbols: [{ symbol: SYMBOL, quotes }] });
  }

  plan(userId = this.userId): MakerPlan {
    const turn = { userId, seed: 1, second: 1, random: new Random([1]) };
    return planQuotes(this.venue.core, turn, { view: this.view, volatilityBp: 0.3 });
  }

  /** Reviews once; every item must be taken. */
  review(): readonly Command[] {
    const commands = makerCommands(this.userId, new Map([[SYMBOL, this.plan()]]));
    for (const command of commands) {
      const { reply } = this.venue.ok(command);
      if (reply.ok && reply.kind === 'batch') expect(reply.results.filter((result) => !result.ok)).toEqual([]);
    }
    return commands;
  }

  /** A trader's order at a price in ticks. */
  trader(side: 'BUY' | 'SELL', price: number, quantity: number): void {
    const userId = this.venue.user({ username: `trader-${side}`, kind: 'trader', funding: HOUSE_FUNDING });
    this.venue.ok({
      type: 'place-order',
      actor: { userId },
      order: {
        symbol: SYMBOL,
        type: 'LIMIT',
        side,
        positionSide: 'BOTH',
        price: priceTicks(price),
        quantity: quantitySteps(quantity),
        timeInForce: 'GTC',
      },
    });
  }
}

test('a maker without orders places its whole ladder, maker-only, in batches the core takes', () => {
  const desk = new Desk();
  const commands = desk.review();
  for (const command of commands) {
    expect(command.type).toBe('place-orders');
    if (command.type === 'place-orders') expect(command.orders.length).toBeLessThanOrEqual(MAX_BATCH);
  }
  expect(desk.orders).toHaveLength(2 * LADDER_LEVELS);
  expect(desk.orders.every((order) => order.makerOnly)).toBe(true);
});

test('with nothing changed a review changes nothing', () => {
  const desk = new Desk();
  desk.review();
  expect(desk.review()).toEqual([]);
});

test('after a move it amends, a bounded number at a time, until the ladder stands again', () => {
  const desk = new Desk();
  desk.review();
  desk.setIndex(1_000_400);
  let reviews = 0;
  for (let commands = desk.review(); commands.length > 0; commands = desk.review()) {
    reviews++;
    for (const command of commands) {
      expect(command.type).toBe('amend-orders');
      if (command.type === 'amend-orders')
        expect(command.amendments.length).toBeLessThanOrEqual(MAX_AMENDMENTS_PER_REVIEW);
    }
    expect(reviews).toBeLessThan(10);
  }
  expect(reviews).toBeGreaterThan(1);
  expect(desk.orders).toHaveLength(2 * LADDER_LEVELS);
  const bids = desk.orders.filter((order) => order.side === 'BUY').map((order) => order.price);
  expect(Math.abs(Math.max(...bids) - 1_000_400)).toBeLessThan(100);
});

test('after a leap it takes everything back with one command and quotes anew', () => {
  const desk = new Desk();
  desk.review();
  desk.setIndex(1_008_000);
  const commands = desk.review();
  expect(commands[0]).toEqual({ type: 'cancel-all-orders', actor: { userId: desk.userId }, symbol: SYMBOL });
  expect(desk.orders).toHaveLength(2 * LADDER_LEVELS);
  expect(desk.orders.every((order) => (order.side === 'BUY') === order.price < 1_008_000)).toBe(true);
});

test('somebody else within the ladder is quoted around, never taken', () => {
  const desk = new Desk();
  desk.trader('BUY', 1_000_200, 5);
  desk.review();
  const asks = desk.orders.filter((order) => order.side === 'SELL').map((order) => order.price);
  expect(asks).toHaveLength(LADDER_LEVELS);
  expect(Math.min(...asks)).toBe(1_000_201);
});

test('an order filled by more than half is refilled where it stands', () => {
  const desk = new Desk();
  desk.review();
  const best = desk.orders.filter((order) => order.side === 'SELL').toSorted((a, b) => a.price - b.price)[0];
  if (best === undefined) throw new Error('no asks');
  desk.trader('BUY', best.price, Math.ceil(best.quantity * 0.8));
  desk.review();
  const refilled = desk.venue.core.exchange.order(desk.userId, { orderId: best.orderId });
  expect(refilled?.price).toBe(best.price);
  expect((refilled?.quantity ?? 0) - (refilled?.filledQuantity ?? 0)).toBeGreaterThan(best.quantity * 0.5);
});

test('inventory moves the quotes against itself, and at the cap only the reducing side is quoted', () => {
  const desk = new Desk();
  const price = 1_000_000;
  const fill = (usdt: number): void => {
    const quantity = Math.ceil(usdt / usdtPerStep(desk.view.parameters, desk.view.index));
    desk.trader('SELL', price, quantity);
    desk.venue.ok({
      type: 'place-order',
      actor: { userId: desk.userId },
      order: {
        symbol: SYMBOL,
        type: 'LIMIT',
        side: 'BUY',
        positionSide: 'BOTH',
        price: priceTicks(price),
        quantity: quantitySteps(quantity),
        timeInForce: 'IOC',
      },
    });
  };
  const bestAsk = (plan: MakerPlan): number =>
    Math.min(...plan.orders.filter((order) => order.side === 'SELL').map((order) => order.price));
  const flat = bestAsk(desk.plan());
  fill(MAKER_POSITION_CAP_USDT);
  const long = desk.plan();
  expect(bestAsk(long)).toBeLessThan(flat);
  expect(long.orders.filter((order) => order.side === 'BUY')).toEqual([]);
  expect(long.orders.filter((order) => order.side === 'SELL')).toHaveLength(LADDER_LEVELS);
});

test('an order that has grown to the largest quantity is only moved, never refused', () => {
  const desk = new Desk();
  desk.review();
  const { parameters } = desk.view;
  const best = desk.orders.filter((order) => order.side === 'SELL').toSorted((a, b) => a.price - b.price)[0];
  if (best === undefined) throw new Error('no asks');
  desk.venue.ok({
    type: 'configure-symbol',
    parameters: { ...parameters, maxLimitOrderQuantity: quantitySteps(best.quantity + 1) },
  });
  desk.setIndex(1_000_000);
  desk.trader('BUY', best.price, Math.ceil(best.quantity * 0.8));
  const amendments = desk.plan().amendments.filter(({ orderId }) => orderId === best.orderId);
  expect(amendments).toEqual([]);
});

test('two makers do not quote the same', () => {
  const desk = new Desk();
  const [first, second] = desk.venue.accounts.makers.map((userId) => desk.plan(userId).orders.map((o) => o.price));
  expect(first).not.toEqual(second);
});
