/** HTTP statuses an error of the Developer API can answer with. */
export type ErrorHttpStatus = 200 | 401 | 429 | 500 | 503;

/** One error of the Developer API. `message` is the default; a case with wording of its own has its own constant. */
export interface ErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly httpStatus: ErrorHttpStatus;
  readonly message: string;
  readonly meaning: string;
}

const entry = <const Code extends number, const Name extends string>(
  code: Code,
  name: Name,
  text: { readonly httpStatus?: ErrorHttpStatus; readonly message: string; readonly meaning: string },
) => ({ code, name, httpStatus: text.httpStatus ?? 200, message: text.message, meaning: text.meaning }) as const;

/** Every error of the Developer API and of the WebSocket, by ascending code. */
export const ERROR_CATALOGUE = [
  entry(1001, 'UNAUTHENTICATED', {
    httpStatus: 401,
    message: 'No valid authentication information',
    meaning: 'The call needs a token, a key or a cookie and got none that is valid.',
  }),
  entry(1002, 'TOKEN_EXPIRED', { httpStatus: 401, message: 'Token expired', meaning: 'The access token has expired.' }),
  entry(1003, 'INVALID_TOKEN', {
    httpStatus: 401,
    message: 'Invalid token',
    meaning: 'The token, API key or signature is not valid, or the timestamp is outside of the window.',
  }),
  entry(1004, 'TOKEN_REVOKED', {
    httpStatus: 401,
    message: 'Token revoked',
    meaning: 'The session of the token was ended by a log-out, a disabled user or a refresh token used twice.',
  }),
  entry(1006, 'IP_NOT_ALLOWED', {
    httpStatus: 401,
    message: 'Source IP not allowed',
    meaning: 'The allow-list of the API key does not contain the source address.',
  }),
  entry(2001, 'PARAMETER_MISSING', {
    message: 'Required parameter missing',
    meaning: 'A parameter that this call needs is missing; details name it.',
  }),
  entry(2002, 'PARAMETER_INVALID', {
    message: 'Invalid parameter value',
    meaning: 'A parameter is unknown or has a value that is not allowed; details name it and the rule.',
  }),
  entry(2003, 'PARAMETER_OUT_OF_RANGE', {
    message: 'Parameter out of range',
    meaning: 'A number, a length or a count is outside of its range; details name the range.',
  }),
  entry(3001, 'INSUFFICIENT_BALANCE', {
    message: 'Insufficient balance',
    meaning: 'The available balance is below what the call requires; details name both.',
  }),
  entry(3002, 'POSITION_LIMIT_EXCEEDED', {
    message: 'Leverage tier or position limit exceeded',
    meaning: 'The resulting position is larger than its leverage tier allows.',
  }),
  entry(3003, 'ORDER_NOT_FOUND', { message: 'Order not found', meaning: 'The user has no such order.' }),
  entry(3004, 'DUPLICATE_REQUEST', {
    message: 'Duplicate request',
    meaning: 'The same request, or a request with the same signature, was already taken.',
  }),
  entry(3005, 'ORDER_NOT_CANCELABLE', {
    message: 'Order cannot be canceled',
    meaning: 'The order has ended; details carry its status.',
  }),
  entry(3006, 'PERMISSION_DENIED', {
    message: 'Permission denied',
    meaning: 'The session or key is valid, but is not allowed to make this call.',
  }),
  entry(3007, 'MAKER_ONLY_WOULD_TAKE', {
    message: 'Maker-only order would take',
    meaning: 'The order would have traded at once; details carry the best bid and ask.',
  }),
  entry(3008, 'REDUCE_ONLY_REJECTED', {
    message: 'Reduce-only order would not reduce',
    meaning: 'The order would not reduce a position, or there is no position to close.',
  }),
  entry(3009, 'SELF_TRADE_PREVENTED', {
    message: 'Order would trade against an order of the same user',
    meaning: 'Self-trade prevention left nothing of the order.',
  }),
  entry(3010, 'PRICE_OUT_OF_BAND', {
    message: 'Price outside of the allowed band',
    meaning: 'The price is too far from the mark price; details carry the bound.',
  }),
  entry(3011, 'POSITION_SIDE_CONFLICT', {
    message: 'Position side conflicts with open positions or orders',
    meaning: 'The symbol is in use in the other of one-way and hedge mode.',
  }),
  entry(3012, 'MARGIN_SETTING_LOCKED', {
    message: 'Leverage or margin mode cannot be changed now',
    meaning: 'Open positions, orders or conditions of the symbol hold the setting.',
  }),
  entry(3013, 'SYMBOL_NOT_TRADING', {
    message: 'Symbol unknown or not trading',
    meaning: 'The symbol is not listed, or its state does not allow this call.',
  }),
  entry(3014, 'TOO_MANY_OPEN_ORDERS', {
    message: 'Too many open orders',
    meaning: 'The user has as many open orders as the symbol allows.',
  }),
  entry(3015, 'DUPLICATE_CLIENT_ORDER_ID', {
    message: 'Duplicate clientOrderId',
    meaning: 'An order with this clientOrderId is open or ended in the last 24 hours; details carry it.',
  }),
  entry(3016, 'ORDER_NOT_AMENDABLE', {
    message: 'Order ended or cannot be amended',
    meaning: 'The order can no longer be amended; details carry its status.',
  }),
  entry(3017, 'FOK_NOT_FILLABLE', {
    message: 'FOK order cannot be filled completely',
    meaning: 'The book does not hold the whole quantity within the limit, and nothing has happened.',
  }),
  entry(3018, 'INSUFFICIENT_LIQUIDITY', {
    message: 'Not enough liquidity within the price protection',
    meaning: 'A market order found nothing to fill, or the price level asked for does not exist.',
  }),
  entry(3100, 'CONDITION_TYPE_UNKNOWN', {
    message: 'Unknown condition type',
    meaning: 'The type is none of the condition types.',
  }),
  entry(3101, 'STOP_PRICE_INVALID', {
    message: 'stopPrice missing or invalid',
    meaning: 'The stop price is missing, malformed, off the grid or outside of its limits.',
  }),
  entry(3102, 'CONDITION_PRICE_MISSING', {
    message: 'price missing for a limit condition',
    meaning: 'A *_LIMIT condition needs a price.',
  }),
  entry(3103, 'ACTIVATE_PRICE_INVALID', {
    message: 'activatePrice invalid',
    meaning: 'The activation price of a trailing stop is malformed, off the grid or on the wrong side.',
  }),
  entry(3104, 'CALLBACK_RATE_INVALID', {
    message: 'callbackRate missing or outside 0.1-10',
    meaning: 'A trailing stop needs a callback rate from 0.1 to 10 percent with at most one decimal.',
  }),
  entry(3105, 'WOULD_TRIGGER_IMMEDIATELY', {
    message: 'Order would trigger immediately',
    meaning: 'The price that the condition waits for is already reached.',
  }),
  entry(3106, 'WORKING_TYPE_INVALID', {
    message: 'workingType invalid',
    meaning: 'The working type is neither MARK_PRICE nor CONTRACT_PRICE.',
  }),
  entry(3107, 'CLOSE_POSITION_CONFLICT', {
    message: 'closePosition cannot be combined with quantity or reduceOnly',
    meaning: 'An order that closes the whole position takes neither a quantity nor reduceOnly.',
  }),
  entry(3108, 'CONDITION_QUANTITY_INVALID', {
    message: 'quantity missing or invalid',
    meaning: 'The quantity of a condition order is missing, malformed, off the grid or outside of its limits.',
  }),
  entry(3109, 'TIME_IN_FORCE_NOT_ALLOWED', {
    message: 'timeInForce not allowed for this type',
    meaning: 'The condition type or its direction does not allow this time in force.',
  }),
  entry(3110, 'TOO_MANY_OPEN_CONDITIONS', {
    message: 'Too many open condition orders',
    meaning: 'The user has as many open condition orders as the symbol allows.',
  }),
  entry(3111, 'STRATEGY_LEGS_INVALID', {
    message: 'Strategy has the wrong number or kind of sub-orders',
    meaning: 'The strategy type asks for other sub-orders.',
  }),
  entry(3112, 'STRATEGY_DEPENDENCY_INVALID', {
    message: 'Strategy dependency invalid',
    meaning: 'A driven id, its condition or its action does not fit the strategy.',
  }),
  entry(5001, 'INTERNAL_ERROR', {
    httpStatus: 500,
    message: 'Internal error',
    meaning: 'The venue failed; the request id leads to the cause.',
  }),
  entry(5002, 'TEMPORARILY_UNAVAILABLE', {
    httpStatus: 503,
    message: 'Temporarily unavailable',
    meaning: 'The venue cannot take the request now; it can be repeated.',
  }),
  entry(5003, 'RATE_LIMITED', {
    httpStatus: 429,
    message: 'Rate limit exceeded',
    meaning: 'Too many requests; the header Retry-After says when the next one is taken.',
  }),
] as const satisfies readonly ErrorEntry[];

type CatalogueEntry = (typeof ERROR_CATALOGUE)[number];
/** A code of the catalogue. */
export type ErrorCode = CatalogueEntry['code'];
/** A name of the catalogue. */
export type ErrorName = CatalogueEntry['name'];

/** Message of 1003 when the client's clock is more than the window away. */
export const TIMESTAMP_OUTSIDE_WINDOW_MESSAGE = 'Timestamp outside of tolerance window';
/** Message of 3004 when a signature was already used within the window. */
export const SIGNATURE_REPLAY_MESSAGE = 'Signature replay detected';

const ENTRY_BY_NAME: ReadonlyMap<string, CatalogueEntry> = new Map(ERROR_CATALOGUE.map((each) => [each.name, each]));
const ENTRY_BY_CODE: ReadonlyMap<number, CatalogueEntry> = new Map(ERROR_CATALOGUE.map((each) => [each.code, each]));

/** The entry of a name. */
export function errorOf(name: ErrorName): CatalogueEntry {
  const found = ENTRY_BY_NAME.get(name);
  if (found === undefined) throw new Error(`The error catalogue has no entry ${name}`);
  return found;
}

/** The entry of a code, or undefined for a code that is not in the catalogue. */
export function errorOfCode(code: number): CatalogueEntry | undefined {
  return ENTRY_BY_CODE.get(code);
}
