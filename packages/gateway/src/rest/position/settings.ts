import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import type { MarginMode } from '@openvenue/core';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { readSymbol } from '../known-symbol.ts';

const MARGIN_MODE_NUMBER: Readonly<Record<MarginMode, number>> = { CROSS: 1, ISOLATED: 2 };

export const getPositionSettings = privateEndpoint(operations.getPositionSettings, (venue, { query, principal }) => {
  const { symbol } = query;
  const known = readSymbol(venue, symbol);
  if (!known.ok) return known;
  const settings = venue.node.core.exchange.settings(principal.userId, symbol);
  assert(settings !== undefined, 'a listed symbol has settings');
  return answer({ symbol, marginMode: MARGIN_MODE_NUMBER[settings.marginMode], leverage: settings.leverage });
});
