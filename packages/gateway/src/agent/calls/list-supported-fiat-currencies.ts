import { agentOperations } from '@openvenue/contract';
import { answerAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';

export const listSupportedFiatCurrencies = agentQuery(
  agentOperations.listSupportedFiatCurrencies,
  ({ exchangeRates }) => answerAgent({ targetCurrency: 'USDT', sourceCurrencies: [...exchangeRates.currencies] }),
);
