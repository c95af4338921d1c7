import type { InputOf, OutputOf } from '@openvenue/api-client';

/** A contract, its limits and its leverage tiers. */
export type SymbolParameters = OutputOf<'getSymbols'>['list'][number];
/** A step of the fee schedule. */
export type FeeLevel = OutputOf<'getSymbols'>['handlingFeeLevelConfig'][number];
/** Prices and figures of 24 hours; `"0"` where there is no value yet. */
export type Ticker = OutputOf<'getTicker'>['list'][number];
/** A trade as everyone sees it; `side` is the taker's. */
export type PublicTrade = OutputOf<'getTrades'>['list'][number];
export type DepthInput = InputOf<'getDepth'>;
