import type { FillRecord, Side } from '@openvenue/core';
import { money, priceTicks, quantitySteps } from '@openvenue/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillRecord } from '../testing/sql/records.ts';
import { PositionChanges } from './position-changes.ts';

let fillIds = 0;
const fill = (side: Side, quantity: number, price: number, more: Partial<FillRecord> = {}): FillRecord =>
  fillRecord({
    fillId: ++fillIds,
    side,
    quantity: quantitySteps(quantity),
    price: priceTicks(price),
    createdAtMs: 1_000 + fillIds,
    ...more,
  });

describe('a position', () => {
  test('POS-6: opens, grows, shrinks and closes, and is known by its first fill', () => {
    const changes = new PositionChanges([], [{ userId: 7, symbol: 'BTCUSDT', leverage: 5 }]);
    const fills = [
      fill('BUY', 10, 100),
      fill('BUY', 30, 120),
      fill('SELL', 15, 130, { realizedPnl: money(50n) }),
      fill('SELL', 25, 90, { realizedPnl: money(-20n) }),
    ];
    const [first, , , last] = fills;
    const ids = fills.map((each) => changes.fill(each));
    expect(new Set(ids)).toEqual(new Set([first?.fillId]));
    expect(changes.closed).toEqual([
      {
        positionId: first?.fillId,
        userId: 7,
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        quantity: 0,
        maxQuantity: 40,
        openedQuantity: 40n,
        openedTickSteps: 4_600n,
        closedQuantity: 40n,
        closedTickSteps: 4_200n,
        pnl: 30n,
        leverage: 5,
        openedAtMs: first?.createdAtMs,
        updatedAtMs: last?.createdAtMs,
        closedAtMs: last?.createdAtMs,
      },
    ]);
    expect(changes.changedPositions).toMatchObject([{ quantity: 0 }]);
  });

  test('POS-6: a flip ends one and begins another, and belongs to the one that it ends', () => {
    const changes = new PositionChanges([], []);
    const [open, flip] = [fill('SELL', 5, 100), fill('BUY', 8, 90, { realizedPnl: money(50n) })];
    expect([open, flip].map((each) => changes.fill(each))).toEqual([open.fillId, open.fillId]);
    expect(changes.closed).toMatchObject([{ positionId: open.fillId, closedQuantity: 5n, pnl: 50n, maxQuantity: 5 }]);
    const now = { positionId: flip.fillId, quantity: 3, openedTickSteps: 270n, pnl: 0n, closedAtMs: 0, leverage: 0 };
    expect(changes.changedPositions).toMatchObject([now]);
    const again = fill('SELL', 3, 95);
    expect(changes.fill(again)).toBe(flip.fillId);
    expect(changes.closed).toHaveLength(2);
  });

  test('of each user, symbol and side is apart from the others, and leverage is that of the last fill', () => {
    const changes = new PositionChanges([], []);
    changes.fill(fill('BUY', 1, 100));
    changes.fill(fill('SELL', 1, 100, { userId: 8 }));
    changes.fill(fill('SELL', 1, 100, { symbol: 'ETHUSDT' }));
    changes.fill(fill('SELL', 1, 100, { positionSide: 'SHORT' }));
    changes.setLeverage({ userId: 7, symbol: 'BTCUSDT', leverage: 3 });
    expect(changes.closed).toEqual([]);
    changes.fill(fill('SELL', 1, 110));
    expect(changes.closed).toMatchObject([{ leverage: 3, positionSide: 'BOTH' }]);
    expect(changes.changedPositions).toHaveLength(4);
    expect(changes.changedLeverages).toEqual([{ userId: 7, symbol: 'BTCUSDT', leverage: 3 }]);
  });

  test('POS-6: over any fills, sizes and values are those of the fills', () => {
    const step = fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const changes = new PositionChanges([], []);
        let net = 0;
        let pnl = 0n;
        for (const [index, { side, quantity }] of steps.entries()) {
          const realizedPnl =
            net !== 0 && Math.sign(net) !== (side === 'BUY' ? 1 : -1) ? money(BigInt(index)) : money(0n);
          changes.fill(fill(side, quantity, 100 + index, { realizedPnl }));
          net += side === 'BUY' ? quantity : -quantity;
          pnl += realizedPnl;
        }
        const [last] = changes.changedPositions;
        expect(last?.quantity ?? 0).toBe(net);
        const all = [...changes.closed, ...(last === undefined || last.quantity === 0 ? [] : [last])];
        const sum = (of: (position: (typeof all)[number]) => bigint) =>
          all.reduce((total, each) => total + of(each), 0n);
        const traded = steps.reduce((total, { quantity }) => total + quantity, 0);
        const value = steps.reduce((total, { quantity }, index) => total + quantity * (100 + index), 0);
        expect(sum((each) => each.openedQuantity + each.closedQuantity)).toBe(BigInt(traded));
        expect(sum((each) => each.openedTickSteps + each.closedTickSteps)).toBe(BigInt(value));
        expect(sum((each) => each.pnl)).toBe(pnl);
        for (const closed of changes.closed) expect(closed.openedQuantity).toBe(closed.closedQuantity);
      }),
      { numRuns: 200 },
    );
  });
});
