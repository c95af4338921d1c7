import { ApiError, OutcomeUnknownError, UnreachableError } from '@openvenue/api-client';
import { ERROR_CATALOGUE } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { faultText, refusalText } from './refusal-text.ts';
import { TRADING_TEXTS } from './text/index.ts';

const { en, 'zh-CN': zh } = TRADING_TEXTS;
const refused = (code: number, details = {}) => refusalText(en, new ApiError({ code, message: 'No', details }));
const unanswered = { operation: 'placeOrder', reason: 'timeout', requestId: '', cause: undefined } as const;

describe('refusalText', () => {
  it('says what is missing when the balance does not suffice', () => {
    expect(refused(3001, { required: '6030.12345', available: '29.99' })).toBe(
      'It needs 6,030.12 USDT, available are 29.99 USDT.',
    );
    expect(refused(3001)).toBe('Your available balance does not suffice.');
  });

  it('names the nearest valid values, or the rule', () => {
    expect(refused(2002, { field: 'price', below: '60000.1', above: '60000.2' })).toBe(
      'Price: take 60,000.1 or 60,000.2.',
    );
    expect(refused(2003, { field: 'quantity', rule: 'at least 0.001' })).toBe('Size: at least 0.001.');
    expect(refused(2003)).toBe('No (2003).');
  });

  it('carries best prices, bounds and the status of an ended order', () => {
    expect(refused(3007, { bestBid: '59999.9', bestAsk: '0' })).toContain('59,999.9 and --');
    expect(refused(3010, { bound: '60622.1' })).toContain('60,622.1');
    expect(refused(3016, { status: 'FILLED' })).toBe('The order has ended already. Filled');
  });

  it('has words for every refusal that an order can meet, in both languages', () => {
    const codes = ERROR_CATALOGUE.map(({ code }) => code).filter(
      (code) => (code >= 3001 && code < 3100) || code >= 5001,
    );
    for (const code of codes) {
      const error = new ApiError({ code, message: 'plain message' });
      for (const text of [en, zh]) expect(refusalText(text, error), `${code}`).not.toContain('plain message');
    }
  });

  it('tells a lost reply from a call that never left', () => {
    expect(refusalText(en, new OutcomeUnknownError(unanswered))).toBe(en.refusals.unknownOutcome);
    expect(refusalText(en, new UnreachableError(unanswered))).toBe(en.refusals.unreachable);
    expect(refused(9_999)).toBe('No (9999).');
  });
});

describe('faultText', () => {
  it('puts units to limits', () => {
    expect(faultText(en, { fault: 'above-maximum', limit: '1000' }, 'BTC')).toBe('At most 1,000 BTC.');
    expect(faultText(en, { fault: 'below-notional', limit: '5' }, 'BTC')).toContain('5 USDT');
  });

  it('names the neighbours of a value off the grid, but never zero', () => {
    const fault = { fault: 'off-grid', grid: '0.1', above: '1.1' } as const;
    expect(faultText(en, { ...fault, below: '1' }, 'USDT')).toBe('Steps of 0.1: take 1 or 1.1.');
    expect(faultText(en, { ...fault, below: '0', above: '0.1' }, 'USDT')).toBe('At least 0.1 USDT.');
  });
});
