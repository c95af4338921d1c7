import { operations } from '@openvenue/contract';
import { expect, test } from 'vitest';
import { answer, fail } from '../failure.ts';
import { withSentValue } from './sent-value.ts';

const { placeCondition, placeStrategy, renewListenKey, getCurrentOrders } = operations;
const BODY = { symbol: 'BTCUSDT', stopPrice: '60000', callbackRate: '0.15', reduceOnly: false, closePosition: true };
const refused = (details: object) => fail('WOULD_TRIGGER_IMMEDIATELY', { details });
const shown = (details: object, body: object = BODY) =>
  withSentValue(placeCondition, { query: {}, body })(refused(details));

test.each([
  ['stopPrice', '60000'],
  ['closePosition', 'true'],
])('a refusal that names %s shows what was sent', (field, value) => {
  expect(shown({ field, rule: 'r' })).toEqual(refused({ field, value, rule: 'r' }));
});

test('of a query, too', () => {
  const call = { query: { lastOrderId: '12' }, body: {} };
  expect(withSentValue(getCurrentOrders, call)(refused({ field: 'lastOrderId' }))).toMatchObject({
    details: { value: '12' },
  });
});

test('of an item of a list, too', () => {
  const body = { subOrderList: [{ price: '60000' }, { price: '59000', takeProfit: {} }, 7] };
  const of = (field: string) => withSentValue(placeStrategy, { query: {}, body })(refused({ field }));
  expect(of('subOrderList[1].price')).toMatchObject({ details: { value: '59000' } });
  for (const field of ['[1].takeProfit', '[2].price', '[3].price', '[1].constructor', '[1].other'])
    expect(of(`subOrderList${field}`), field).toEqual(refused({ field: `subOrderList${field}` }));
});

test('a long value is cut', () => {
  const details = { field: 'stopPrice', rule: 'r' };
  expect(shown(details, { stopPrice: '1'.repeat(80) })).toMatchObject({ details: { value: '1'.repeat(64) } });
});

test.each([
  [{ field: 'stopPrice', value: '59999', rule: 'r' }],
  [{ field: 'quantity', rule: 'r' }],
  [{ field: 'subOrderList[1].price', rule: 'r' }],
  [{ field: 'constructor', rule: 'r' }],
  [{ rule: 'r' }],
])('%j stays as it is', (details) => {
  expect(shown(details)).toEqual(refused(details));
});

test('a secret is never shown', () => {
  const call = { query: {}, body: { listenKey: 'f'.repeat(32) } };
  const failure = refused({ field: 'listenKey', rule: 'r' });
  expect(withSentValue(renewListenKey, call)(failure)).toEqual(failure);
});

test('what is no refusal with details passes', () => {
  const pass = withSentValue(placeCondition, { query: {}, body: BODY });
  for (const each of [answer({}), fail('ORDER_NOT_FOUND')]) expect(pass(each)).toBe(each);
});
