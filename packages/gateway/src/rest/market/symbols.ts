import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { feeLevelViews, symbolView } from '../../mapping/symbol.ts';

export const getSymbols = publicEndpoint(operations.getSymbols, ({ node }) => {
  const symbols = node.core.exchange.symbols();
  return answer({
    list: symbols.map(symbolView),
    // All symbols of this venue have one schedule.
    handlingFeeLevelConfig: feeLevelViews(symbols[0]?.parameters.feeLevels ?? []),
  });
});
