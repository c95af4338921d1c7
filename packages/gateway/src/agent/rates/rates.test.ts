import { describe, expect, test } from 'vitest';
import { AgentScene } from '../../testing/agent-scene.ts';
import { EXCHANGE_RATES_MAX, ExchangeRates, type ExchangeRateTable } from './exchange-rates.ts';
import { REFERENCE_RATES } from './reference-rates.ts';

const TABLE: ExchangeRateTable = {
  snapshotVersion: 'desk-7',
  provider: 'TREASURY_DESK',
  sourceDate: '2026-02-24',
  rates: { EUR: '1.08', JPY: '0.006666666666666667', USD: '1' },
};

async function rates(exchangeRates?: ExchangeRateTable) {
  const scene = await AgentScene.start(exchangeRates === undefined ? {} : { exchangeRates });
  const agent = await scene.agent();
  const ask = async (path: string, fields: Record<string, unknown> = {}) =>
    (await scene.call(agent, path, fields)).body;
  return { scene, ask };
}

describe('exchange rates', () => {
  test('AGY-43: of the table of the operator, with 18 decimals', async () => {
    const { scene, ask } = await rates(TABLE);
    const fetchedAt = scene.gateway.clock.ms;
    scene.gateway.clock.ms += 3_600_000;
    const pair = (sourceCurrency: string, rate: string) => ({ sourceCurrency, targetCurrency: 'USDT', rate });
    expect(await ask('list-supported-fiat-currencies')).toEqual({
      code: 0,
      message: 'success',
      targetCurrency: 'USDT',
      sourceCurrencies: ['EUR', 'JPY', 'USD'],
    });
    const whole = {
      code: 0,
      message: 'success',
      snapshotVersion: 'desk-7',
      provider: 'TREASURY_DESK',
      sourceDate: '2026-02-24',
      fetchedAt,
      expiresAt: Date.parse('2026-02-26T00:00:00Z'),
      pricingPolicy: 'FIXED_PEG',
      usdtUsdRate: '1',
      rateType: 'INDICATIVE_DAILY',
      usage: 'REFERENCE_ONLY',
      rateMeaning: '1 sourceCurrency = rate USDT',
      rates: [
        pair('EUR', '1.080000000000000000'),
        pair('JPY', '0.006666666666666667'),
        pair('USD', '1.000000000000000000'),
      ],
    };
    expect(await ask('query-exchange-rates')).toEqual(whole);
    const some = await ask('query-exchange-rates', { sourceCurrencies: 'USD,EUR,USD' });
    expect(some.rates.map((each: { sourceCurrency: string }) => each.sourceCurrency)).toEqual(['USD', 'EUR']);
    for (const sourceCurrencies of ['XXX', 'EUR,XXX', 'eur', 'EUR,', 'USDT', 'constructor', 7, ['EUR']]) {
      expect((await ask('query-exchange-rates', { sourceCurrencies })).code, String(sourceCurrencies)).toBe(102002);
    }
    await scene.gateway.close();
  });

  test('that a venue brings along say whose and of which day they are, and take a USDT for a dollar', async () => {
    const { scene, ask } = await rates();
    const { provider, sourceDate, rates: all } = await ask('query-exchange-rates');
    expect([provider, sourceDate]).toEqual(['OPENVENUE_STATIC', '2024-03-06']);
    const byCurrency = Object.fromEntries(
      all.map((each: { sourceCurrency: string; rate: string }) => [each.sourceCurrency, each.rate]),
    );
    expect(byCurrency).toMatchObject({
      USD: '1.000000000000000000',
      EUR: '1.087400000000000000',
      GBP: '1.271842616201548574',
      JPY: '0.006684699084035163',
    });
    await scene.gateway.close();
  });

  test('end with their day', () => {
    const day = Date.parse('2026-02-25T00:00:00Z');
    const known = new ExchangeRates(TABLE, 0);
    expect([day, day + 1, day + 86_399_999].map((nowMs) => known.expiresAtMs(nowMs) - day)).toEqual([
      86_400_000, 86_400_000, 86_400_000,
    ]);
  });

  test.each([
    { snapshotVersion: '' },
    { provider: '' },
    { sourceDate: '24.02.2026' },
    { sourceDate: '2026-02-31' },
    { rates: { eur: '1' } },
    { rates: { EUR: '0' } },
    { rates: { EUR: '1.0000000000000000001' } },
    { rates: { EUR: '-1' } },
    { rates: { EUR: '1e3' } },
    { rates: Object.fromEntries(Array.from({ length: EXCHANGE_RATES_MAX + 1 }, (_, n) => [code(n), '1'])) },
  ] satisfies Partial<ExchangeRateTable>[])('cannot be %j', (fault) => {
    expect(() => new ExchangeRates({ ...TABLE, ...fault }, 0)).toThrow(RangeError);
  });

  test('can be as many as allowed', () => {
    const most = Object.fromEntries(Array.from({ length: EXCHANGE_RATES_MAX }, (_, n) => [code(n), '1']));
    expect(new ExchangeRates({ ...TABLE, rates: most }, 0).currencies).toHaveLength(EXCHANGE_RATES_MAX);
    expect(new ExchangeRates(REFERENCE_RATES, 0).currencies).toContain('EUR');
  });
});

function code(number: number): string {
  return [676, 26, 1].map((weight) => String.fromCharCode(65 + (Math.floor(number / weight) % 26))).join('');
}
