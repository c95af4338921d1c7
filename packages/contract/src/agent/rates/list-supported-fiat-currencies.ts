import { Type } from 'typebox';
import { oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { CURRENCIES } from '../enums.ts';
import { fiatCurrency } from './fiat-currency.ts';

/** The fiat currencies that have a reference rate. */
export const listSupportedFiatCurrencies = defineAgentCall({
  path: '/v1/agent/list-supported-fiat-currencies',
  auth: 'signed',
  kind: 'query',
  summary: 'Fiat currencies that have a reference rate',
  body: Type.Object({}),
  reply: {
    targetCurrency: oneOf(CURRENCIES, 'Currency that the rates are in'),
    sourceCurrencies: Type.Array(fiatCurrency(), { description: 'Currencies that have a rate' }),
  },
  errors: [],
});
