import { describe, expect, it } from 'vitest';
import { readQuery } from '../../query.ts';
import { getKlines } from './klines.ts';

describe('the query of candles', () => {
  const query = (more: Readonly<Record<string, string>>) =>
    readQuery(getKlines.queryValidator, { symbol: 'BTCUSDT', interval: '1m', ...more });

  it('is read', () => {
    expect(query({ interval: '1M', priceType: 'markPrice', startTime: '0', endTime: '60000', limit: '1000' })).toEqual({
      ok: true,
      value: {
        symbol: 'BTCUSDT',
        interval: '1M',
        priceType: 'markPrice',
        startTime: 0,
        endTime: 60_000,
        limit: 1_000,
      },
    });
  });

  it.each([
    [{ interval: '' }, 2001, 'interval'],
    [{ interval: '2m' }, 2002, 'interval'],
    [{ interval: '1D' }, 2002, 'interval'],
    [{ priceType: 'lastPrice' }, 2002, 'priceType'],
    [{ limit: '0' }, 2003, 'limit'],
    [{ limit: '1001' }, 2003, 'limit'],
    [{ startTime: '-1' }, 2003, 'startTime'],
    [{ endTime: 'now' }, 2002, 'endTime'],
  ])('%j answers %i for %s', (more, code, field) => {
    expect(query(more)).toMatchObject({ ok: false, problem: { code, field } });
  });
});
