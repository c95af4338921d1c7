import { ApiError, OutcomeUnknownError } from '@openvenue/api-client';
import { fixed, groupDigits } from '../format/decimal-text.ts';
import type { FieldFault } from './calculation/index.ts';
import type { TradingText } from './text/index.ts';

/** Digits of amounts in words. */
const AMOUNT_PLACES = 2;

/** Why a call was refused or has no answer, in words a trader can act on. */
export function refusalText(text: TradingText, error: unknown): string {
  const { refusals } = text;
  if (error instanceof OutcomeUnknownError) return refusals.unknownOutcome;
  if (!(error instanceof ApiError)) return refusals.unreachable;
  return wordsOf(text, error) ?? refusals.other(error.code, error.message);
}

/** Makes a call. Resolves to why it was refused, in words; undefined when it was not. */
export async function refusalOf(text: TradingText, call: () => Promise<void>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return refusalText(text, error);
  }
}

function wordsOf(text: TradingText, error: ApiError): string | undefined {
  const { refusals } = text;
  const { details } = error;
  switch (error.code) {
    case 1001:
    case 1002:
    case 1003:
    case 1004:
      return refusals.signedOut;
    case 2001:
    case 2002:
    case 2003:
      return parameterText(text, error);
    case 3001:
      if (details.required === undefined || details.available === undefined) return refusals.balanceUnknown;
      return refusals.balance(
        `${fixed(details.required, AMOUNT_PLACES)} USDT`,
        `${fixed(details.available, AMOUNT_PLACES)} USDT`,
      );
    case 3002:
      return refusals.tier;
    case 3003:
      return refusals.notFound;
    case 3004:
    case 3015:
      return refusals.duplicate;
    case 3005:
    case 3016:
      return details.status === undefined ? refusals.ended : `${refusals.ended} ${statusText(text, details.status)}`;
    case 3006:
      return refusals.permission;
    case 3007:
      return refusals.wouldTake(priceText(details.bestBid), priceText(details.bestAsk));
    case 3008:
      return refusals.nothingToReduce;
    case 3009:
      return refusals.selfTrade;
    case 3010:
      return refusals.band(priceText(details.bound));
    case 3011:
      return refusals.sideConflict;
    case 3012:
      return refusals.locked;
    case 3013:
      return refusals.notTrading;
    case 3014:
      return refusals.tooMany;
    case 3017:
      return refusals.fok;
    case 3018:
      return refusals.liquidity;
    case 5001:
      return refusals.internal;
    case 5002:
      return refusals.unavailable;
    case 5003:
      return refusals.limited;
    default:
      return undefined;
  }
}

function parameterText({ refusals, form }: TradingText, { details, code, message }: ApiError): string {
  const { field, rule, below, above } = details;
  if (field === undefined) return refusals.other(code, message);
  const names: Readonly<Record<string, string>> = { price: form.price, quantity: form.size, leverage: form.leverage };
  const name = names[field] ?? field;
  if (below !== undefined && above !== undefined) return refusals.offGrid(name, groupDigits(below), groupDigits(above));
  return rule === undefined ? refusals.other(code, message) : refusals.parameter(name, rule);
}

function statusText({ statuses }: TradingText, status: string): string {
  return status in statuses ? statuses[status as keyof typeof statuses] : status;
}

const priceText = (price: string | undefined): string =>
  price === undefined || price === '0' ? '--' : groupDigits(price);

/** What is wrong with a field, in words. `unit` follows limits that are amounts of it. */
export function faultText({ faults }: TradingText, fault: FieldFault, unit: string): string {
  switch (fault.fault) {
    case 'missing':
    case 'malformed':
    case 'zero':
      return faults[fault.fault];
    case 'too-large':
      return faults.tooLarge;
    case 'off-grid':
      if (fault.below === '0') return faults.belowMinimum(`${fault.above} ${unit}`);
      return faults.offGrid(fault.grid, groupDigits(fault.below), groupDigits(fault.above));
    case 'below-minimum':
      return faults.belowMinimum(`${fault.limit} ${unit}`);
    case 'above-maximum':
      return faults.aboveMaximum(`${groupDigits(fault.limit)} ${unit}`);
    case 'below-notional':
      return faults.belowNotional(`${fault.limit} USDT`);
  }
}
