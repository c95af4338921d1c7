import { agentFailureOfProblem, agentOperations, RATE_MEANING } from '@openvenue/contract';
import { type AgentRefusal, answerAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';

const UNKNOWN_CURRENCY: AgentRefusal = {
  ok: false,
  failure: agentFailureOfProblem({
    code: 2002,
    field: 'sourceCurrencies',
    rule: 'among those of list-supported-fiat-currencies',
  }),
};

export const queryExchangeRates = agentQuery(
  agentOperations.queryExchangeRates,
  ({ exchangeRates, clock }, { body: { sourceCurrencies } }) => {
    const asked = sourceCurrencies === undefined ? exchangeRates.currencies : new Set(sourceCurrencies.split(','));
    const rates = [];
    for (const currency of asked) {
      const rate = exchangeRates.rateOf(currency);
      if (rate === undefined) return UNKNOWN_CURRENCY;
      rates.push({ sourceCurrency: rate.sourceCurrency, targetCurrency: 'USDT', rate: rate.rate } as const);
    }
    const { snapshotVersion, provider, sourceDate } = exchangeRates.table;
    return answerAgent({
      snapshotVersion,
      provider,
      sourceDate,
      fetchedAt: exchangeRates.fetchedAtMs,
      expiresAt: exchangeRates.expiresAtMs(clock.nowMs()),
      pricingPolicy: 'FIXED_PEG',
      usdtUsdRate: '1',
      rateType: 'INDICATIVE_DAILY',
      usage: 'REFERENCE_ONLY',
      rateMeaning: RATE_MEANING,
      rates,
    });
  },
);
