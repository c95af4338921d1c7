import { Core, symbolProblems } from '@openvenue/core';
import { expect, test } from 'vitest';
import { DEFAULT_SYMBOLS } from './symbols.ts';

test.each(DEFAULT_SYMBOLS)('SYM-1: the configuration of $symbol has no problems', (parameters) => {
  expect(symbolProblems(parameters)).toEqual([]);
});

test('a new core lists the default symbols in their order', () => {
  const core = new Core();
  DEFAULT_SYMBOLS.forEach((parameters, i) => {
    expect(core.apply(i + 1, 1_000, { type: 'configure-symbol', parameters }).reply.ok).toBe(true);
  });
  core.apply(core.sequence + 1, 1_000, { type: 'update-prices', symbols: [] });
  expect(core.exchange.symbols().map((view) => view.parameters.symbol)).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
});
