import { describe, expect, it } from 'vitest';
import { validate } from '../../validation.ts';
import { placeStrategy } from './place-strategy.ts';
import { readSubOrders } from './sub-order.ts';

const ENTRY = { strategySubId: 1, symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '1' };
const LINK = { firstDrivenId: 1, firstDrivenOn: 'FILLED', firstTrigger: 'PLACE_ORDER' };
const STOP = { strategySubId: 2, ...LINK, symbol: 'BTCUSDT', type: 'STOP_MARKET', side: 'SELL', stopPrice: '59000' };
const TARGET = { strategySubId: 3, ...LINK, symbol: 'BTCUSDT', type: 'LIMIT', side: 'SELL', price: '61000' };

describe('sub-orders', () => {
  it('are normal or condition orders by their type, apart from what they depend on', () => {
    const read = readSubOrders({ strategyType: 'OTOCO', subOrderList: [ENTRY, STOP, TARGET] });
    const { strategySubId: _entry, ...order } = ENTRY;
    expect(read).toEqual({
      ok: true,
      value: [
        { links: expect.objectContaining({ strategySubId: 1 }), order },
        {
          links: expect.objectContaining({ strategySubId: 2, ...LINK }),
          condition: { symbol: 'BTCUSDT', type: 'STOP_MARKET', side: 'SELL', stopPrice: '59000' },
        },
        {
          links: expect.objectContaining(LINK),
          order: { symbol: 'BTCUSDT', type: 'LIMIT', side: 'SELL', price: '61000' },
        },
      ],
    });
  });

  it.each([
    ['OTO', [ENTRY, STOP]],
    ['OTOCO', [ENTRY, STOP, TARGET]],
    ['OCO', [{ ...STOP, quantity: '1' }, ENTRY]],
    ['OTO', [{ ...ENTRY, firstDrivenId: 0, firstDrivenOn: '', firstTrigger: '' }, STOP]],
  ])('of %s: %j', (strategyType, subOrderList) => {
    expect(validate(placeStrategy.bodyValidator, { strategyType, subOrderList }).ok).toBe(true);
  });

  it.each([
    ['a first order without quantity', 'OTO', [{ ...ENTRY, quantity: undefined }, STOP], 2001, '[0].quantity'],
    ['one of a pair without quantity', 'OCO', [STOP, TARGET], 2001, '[1].quantity'],
    ['an unknown type', 'OTO', [ENTRY, { ...STOP, type: 'STOP' }], 3100, '[1].type'],
    ['no type', 'OTO', [ENTRY, { ...STOP, type: undefined }], 2001, '[1].type'],
    ['a field of the other kind', 'OTO', [ENTRY, { ...STOP, makerOnly: true }], 2002, '[1].makerOnly'],
    ['an unknown dependency', 'OTO', [ENTRY, { ...STOP, firstTrigger: 'WAIT' }], 3112, '[1].firstTrigger'],
    [
      'closePosition with quantity',
      'OTO',
      [ENTRY, { ...STOP, closePosition: true, quantity: '1' }],
      3107,
      '[1].quantity',
    ],
    ['no object', 'OTO', [ENTRY, 'stop'], 2002, '[1]'],
    ['one alone', 'OTO', [ENTRY], 3111, ''],
    ['four', 'OTOCO', [ENTRY, STOP, STOP, TARGET], 3111, ''],
  ])('refused: %s', (_, strategyType, subOrderList, code, at) => {
    expect(validate(placeStrategy.bodyValidator, { strategyType, subOrderList })).toMatchObject({
      ok: false,
      problem: { code, field: `subOrderList${at}` },
    });
  });

  it('have paths that stay short, however long a field’s name is', () => {
    const checked = validate(placeStrategy.bodyValidator, {
      strategyType: 'OTO',
      subOrderList: [ENTRY, { ...STOP, ['x'.repeat(500)]: 1 }],
    });
    expect(checked.ok ? '' : checked.problem.field).toHaveLength(128);
  });
});
