import fc from 'fast-check';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { firstProblem, type SchemaNode } from './first-problem.ts';
import { operations, routes } from './rest/routes.ts';
import { valuesFor } from './testing/values-for-schema.ts';
import { compileValidator, validate } from './validation.ts';

const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000.5', quantity: '0.015' };

const placeProblem = (body: unknown) => {
  const checked = validate(operations.placeOrder.bodyValidator, body);
  return checked.ok ? undefined : checked.problem;
};

describe('validate', () => {
  it('gives a well-formed value back as it is', () => {
    const checked = validate(operations.placeOrder.bodyValidator, ORDER);
    expect(checked.ok && checked.value).toBe(ORDER);
  });

  it.each([
    [{}, 2001, 'symbol'],
    [{ symbol: 'BTCUSDT', side: 'BUY' }, 2001, 'type'],
    [{ ...ORDER, type: undefined }, 2001, 'type'],
    [{ ...ORDER, side: 'buy' }, 2002, 'side'],
    [{ ...ORDER, side: 1 }, 2002, 'side'],
    [{ ...ORDER, type: 'STOP_MARKET' }, 2002, 'type'],
    [{ ...ORDER, timeInForce: 'GTE_GTC' }, 2002, 'timeInForce'],
    [{ ...ORDER, price: 60000.5 }, 2002, 'price'],
    [{ ...ORDER, price: null }, 2002, 'price'],
    [{ ...ORDER, reduceOnly: 'true' }, 2002, 'reduceOnly'],
    [{ ...ORDER, reduceOnIy: true }, 2002, 'reduceOnIy'],
    [{ ...ORDER, priceType: 5 }, 2003, 'priceType'],
    [{ ...ORDER, priceType: 0.5 }, 2002, 'priceType'],
    [{ ...ORDER, priceType: '1' }, 2002, 'priceType'],
    [{ ...ORDER, placeType: 'x'.repeat(33) }, 2003, 'placeType'],
    [{ ...ORDER, selfTradePrevention: 'NONE' }, 2002, 'selfTradePrevention'],
    [{ ...ORDER, takeProfit: 'x' }, 2002, 'takeProfit'],
    [{ ...ORDER, takeProfit: {} }, 3101, 'takeProfit.stopPrice'],
    [{ ...ORDER, stopLoss: { stopPrice: '1e3' } }, 3101, 'stopLoss.stopPrice'],
    [{ ...ORDER, stopLoss: { stopPrice: '1', workingType: 'LAST' } }, 3106, 'stopLoss.workingType'],
    [{ ...ORDER, stopLoss: { stopPrice: '1', limit: '2' } }, 2002, 'stopLoss.limit'],
    [JSON.parse(`{"__proto__":{"side":"BUY"},"symbol":"X","type":"LIMIT"}`), 2001, 'side'],
    [{ ...ORDER, ...JSON.parse('{"constructor":1}') }, 2002, 'constructor'],
    [[], 2002, 'body'],
    [[ORDER], 2002, 'body'],
    [null, 2002, 'body'],
    [undefined, 2002, 'body'],
    ['{}', 2002, 'body'],
    [7, 2002, 'body'],
  ])('refuses %j with %i for %s', (body, code, field) => {
    expect(placeProblem(body)).toMatchObject({ code, field });
  });

  it('answers what is missing before what is unknown before what is wrong', () => {
    expect(placeProblem({ oops: 1, side: 'x', symbol: 'BTCUSDT' })).toMatchObject({ code: 2001, field: 'type' });
    expect(placeProblem({ ...ORDER, side: 'x', oops: 1 })).toMatchObject({ code: 2002, field: 'oops' });
    expect(placeProblem({ ...ORDER, quantity: 'x', side: 'x' })).toMatchObject({ code: 2002, field: 'side' });
  });

  it('names the rule and the value', () => {
    expect(placeProblem({ ...ORDER, side: 'HOLD' })).toEqual({
      code: 2002,
      field: 'side',
      rule: 'one of BUY, SELL',
      value: 'HOLD',
    });
    expect(placeProblem({ ...ORDER, priceType: 9 })).toEqual({
      code: 2003,
      field: 'priceType',
      rule: '0 to 4',
      value: '9',
    });
  });

  it.each([
    [{ ...ORDER, clientOrderId: 5 }, 'clientOrderId', 'a string of characters of [A-Za-z0-9._:-]'],
    [{ ...ORDER, placeType: 1 }, 'placeType', 'a string without control characters'],
    [{ ...ORDER, symbol: 7 }, 'symbol', 'a symbol name in a string such as "BTCUSDT"'],
    [{ ...ORDER, price: 60_000.5 }, 'price', 'a plain decimal string such as "0.25"'],
  ])('says of %j that %s is to be a string', (body, field, rule) => {
    expect(placeProblem(body)).toMatchObject({ code: 2002, field, rule });
  });

  it('says in words that a text may be empty', () => {
    const validator = compileValidator(Type.Object({ on: Type.Enum(['FILLED', 'CANCELED', '']) }));
    expect(validate(validator, { on: 'filled' })).toMatchObject({
      problem: { rule: 'one of FILLED, CANCELED, or empty', value: 'filled' },
    });
  });

  it('counts the items of a list that is too long or too short', () => {
    const { bodyValidator } = operations.batchPlaceOrders;
    const problem = { code: 2003, field: 'orders', rule: '1 to 20 items' };
    expect(validate(bodyValidator, { orders: [] })).toEqual({ ok: false, problem: { ...problem, value: '0 items' } });
    expect(validate(bodyValidator, { orders: Array(21).fill(ORDER) })).toEqual({
      ok: false,
      problem: { ...problem, value: '21 items' },
    });
  });

  it('cuts what it echoes and prints no structure', () => {
    expect(placeProblem({ ...ORDER, price: 'x'.repeat(40) })?.value).toHaveLength(40);
    expect(placeProblem({ ...ORDER, price: 'x'.repeat(60_000) })?.value).toHaveLength(64);
    expect(placeProblem({ ...ORDER, price: `${'x'.repeat(63)}🚀` })?.value?.isWellFormed()).toBe(true);
    expect(placeProblem({ ...ORDER, price: { a: [] } })?.value).toBe('object');
    expect(placeProblem({ ...ORDER, price: ['1'] })?.value).toBe('array');
    expect(placeProblem({ ...ORDER, ['k'.repeat(60_000)]: 1 })?.field).toHaveLength(128);
  });

  it('echoes neither passwords nor the value of an unknown field', () => {
    const login = validate(operations.login.bodyValidator, { username: 'alice', password: 'p'.repeat(65) });
    expect(login).toEqual({ ok: false, problem: { code: 2003, field: 'password', rule: '1 to 64 characters' } });
    expect(placeProblem({ ...ORDER, pasword: 'hunter2' })).not.toHaveProperty('value');
  });

  it('ignores unknown fields where the body is not strict', () => {
    const checked = validate(operations.login.bodyValidator, { username: 'alice', password: 'x', remember: true });
    expect(checked.ok).toBe(true);
  });

  it.each([
    [{ username: 'al', password: 'x' }, 2003, 'username'],
    [{ username: 'a'.repeat(33), password: 'x' }, 2003, 'username'],
    [{ username: 'alice', password: '' }, 2003, 'password'],
    [{ username: 'alice' }, 2001, 'password'],
    [{ username: 'alice', password: 'x', deviceId: 'd'.repeat(65) }, 2003, 'deviceId'],
    [{ username: 'alice', password: 'x', deviceName: 'd'.repeat(129) }, 2003, 'deviceName'],
  ])('log-in %j answers %i for %s', (body, code, field) => {
    expect(validate(operations.login.bodyValidator, body)).toMatchObject({ ok: false, problem: { code, field } });
  });

  it.each([
    [{ label: '' }, 2003, 'label'],
    [{ label: 'x'.repeat(65) }, 2003, 'label'],
    [{ label: 'x', permissions: 0 }, 2003, 'permissions'],
    [{ label: 'x', permissions: 8 }, 2003, 'permissions'],
    [{ label: 'x', ipWhitelist: Array(21).fill('1.2.3.4') }, 2003, 'ipWhitelist'],
    [{ label: 'x', ipWhitelist: ['1.2.3.4', 'example.com'] }, 2002, 'ipWhitelist[1]'],
  ])('API key %j answers %i for %s', (body, code, field) => {
    expect(validate(operations.createApiKey.bodyValidator, body)).toMatchObject({
      ok: false,
      problem: { code, field },
    });
  });

  it('bounds a batch as a whole and leaves its items to the validator of place', () => {
    const { bodyValidator } = operations.batchPlaceOrders;
    for (const orders of [[], Array(21).fill(ORDER)]) {
      expect(validate(bodyValidator, { orders })).toMatchObject({
        ok: false,
        problem: { code: 2003, field: 'orders' },
      });
    }
    const checked = validate(bodyValidator, { orders: [ORDER, { symbol: 1 }] });
    const codes = checked.ok ? checked.value.orders.map((item) => placeProblem(item)?.code) : [];
    expect(codes).toEqual([undefined, 2001]);
  });

  it('answers deep nesting at once', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 50_000; depth += 1) deep = [deep];
    expect(placeProblem({ ...ORDER, price: deep })).toMatchObject({ code: 2002, field: 'price', value: 'array' });
  });

  it('halts on a request schema that the walk does not understand', () => {
    const validator = compileValidator(Type.Object({ x: Type.Number() }));
    expect(() => validate(validator, { x: 'a' })).toThrow('unsupported type number');
  });
});

describe('the walk says what the compiled check says', () => {
  const schemas = routes.flatMap((route) => [
    [`${route.method} ${route.path} query`, route.query] as const,
    [`${route.method} ${route.path} body`, route.documentedBody] as const,
  ]);

  it.each(schemas.filter(([, schema]) => Object.keys(schema.properties).length > 0))('%s', (_, schema) => {
    const node = schema as SchemaNode;
    const validator = compileValidator(schema);
    fc.assert(
      fc.property(valuesFor(node), (value) => {
        expect(validate(validator, value).ok).toBe(firstProblem(node, value) === undefined);
      }),
      { numRuns: 150 },
    );
  });
});
