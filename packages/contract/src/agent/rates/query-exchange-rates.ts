import { Type } from 'typebox';
import { oneOf, replyText, timestampMs } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { CURRENCIES } from '../enums.ts';
import { fiatCurrency } from './fiat-currency.ts';

/** Characters of a list of currencies in a request. */
export const SOURCE_CURRENCIES_MAX_LENGTH = 1_000;
/** Decimals of every rate. */
export const EXCHANGE_RATE_DECIMALS = 18;
/** How the rates are to be read. */
export const RATE_MEANING = '1 sourceCurrency = rate USDT';

/** The rate of one currency. */
export const ExchangeRate = Type.Object(
  {
    sourceCurrency: fiatCurrency(),
    targetCurrency: oneOf(CURRENCIES, 'Currency that the rate is in'),
    rate: Type.String({
      pattern: `^(0|[1-9]\\d*)\\.\\d{${EXCHANGE_RATE_DECIMALS}}$`,
      description: `USDT for one unit of the source currency, with ${EXCHANGE_RATE_DECIMALS} decimals`,
      'x-unit': 'USDT',
      examples: ['1.087400000000000000'],
    }),
  },
  { additionalProperties: false },
);

/** Reference rates of fiat currencies. They bind nobody: nothing at the venue is priced by them. */
export const queryExchangeRates = defineAgentCall({
  path: '/v1/agent/query-exchange-rates',
  auth: 'signed',
  kind: 'query',
  summary: 'Reference rates of fiat currencies in USDT',
  body: Type.Object({
    sourceCurrencies: Type.Optional(
      Type.String({
        maxLength: SOURCE_CURRENCIES_MAX_LENGTH,
        pattern: '^[A-Z]{3}(,[A-Z]{3})*$',
        description: 'Only these currencies, separated by commas; all when left out',
        'x-rule': 'ISO 4217 codes separated by commas, such as "EUR,JPY"',
        examples: ['EUR,JPY'],
      }),
    ),
  }),
  reply: {
    snapshotVersion: replyText('Names this state of the rates', '2024-03-06'),
    provider: replyText('Who the rates come from', 'OPENVENUE_STATIC'),
    sourceDate: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'Day that the rates are of',
      examples: ['2024-03-06'],
    }),
    fetchedAt: timestampMs('Time at which the venue read them'),
    expiresAt: timestampMs('Time at which to ask again'),
    pricingPolicy: oneOf(['FIXED_PEG'] as const, 'USDT is taken for a fixed amount of US dollars'),
    usdtUsdRate: Type.String({
      pattern: '^(0|[1-9]\\d*)(\\.\\d+)?$',
      description: 'US dollars for one USDT',
      'x-unit': 'ratio',
      examples: ['1'],
    }),
    rateType: oneOf(['INDICATIVE_DAILY'] as const, 'Rates of a day, for orientation'),
    usage: oneOf(['REFERENCE_ONLY'] as const, 'Nothing is settled at these rates'),
    rateMeaning: oneOf([RATE_MEANING] as const, 'How to read a rate'),
    rates: Type.Array(ExchangeRate, { description: 'Rates' }),
  },
  errors: [],
});
