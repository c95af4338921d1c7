/*
 * The forms in `command-form.ts` are lists of closures, which is slow for what comes a million times. Here are the same rules for the
 * commands that come most, written out. Only a yes counts: whatever is not plain is judged by its form, which also says what is wrong.
 */

const MAX_NAME = 64;
const MAX_TEXT = 256;

/** Whether a command is a place or a cancel of the right form. An order with exits or a grid fault is not plain. */
export function isPlainCommand(command: Parts): boolean {
  if (command['type'] === 'place-order') return isPlainOrder(command['order']);
  return command['type'] === 'cancel-order' && isPlainReference(command['order']);
}

/** Whether an actor has the right form. */
export function isPlainActor(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { userId, sessionId, apiKeyId, signatureHash, signatureExpiresAtMs } = value;
  return (
    isWhole(userId) &&
    (sessionId === undefined || isText(sessionId, MAX_TEXT)) &&
    (apiKeyId === undefined || isWhole(apiKeyId)) &&
    (signatureHash === undefined || isText(signatureHash, MAX_TEXT)) &&
    (signatureExpiresAtMs === undefined || isWhole(signatureExpiresAtMs))
  );
}

type Parts = Readonly<Record<string, unknown>>;

/** Whether a new order is plain. */
export function isPlainOrder(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type, side, positionSide, timeInForce, clientOrderId, placeType, selfTradePrevention, priceType } = value;
  return (
    isText(value['symbol'], MAX_NAME) &&
    (type === 'LIMIT' || type === 'MARKET') &&
    (side === 'BUY' || side === 'SELL') &&
    (positionSide === 'BOTH' || positionSide === 'LONG' || positionSide === 'SHORT') &&
    isWhole(value['price']) &&
    isWhole(value['quantity']) &&
    (timeInForce === 'GTC' || timeInForce === 'IOC' || timeInForce === 'FOK') &&
    isFlagOrNone(value['reduceOnly']) &&
    isFlagOrNone(value['makerOnly']) &&
    isFlagOrNone(value['closePosition']) &&
    (clientOrderId === undefined || isText(clientOrderId, MAX_NAME)) &&
    (placeType === undefined || isText(placeType, MAX_NAME)) &&
    (selfTradePrevention === undefined ||
      selfTradePrevention === 'CANCEL_MAKER' ||
      selfTradePrevention === 'CANCEL_TAKER' ||
      selfTradePrevention === 'CANCEL_BOTH') &&
    (priceType === undefined || (isWhole(priceType) && (priceType as number) <= 4)) &&
    value['gridFault'] === undefined &&
    value['takeProfit'] === undefined &&
    value['stopLoss'] === undefined
  );
}

function isPlainReference(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { symbol, orderId, clientOrderId } = value;
  return (
    isText(symbol, MAX_NAME) &&
    (orderId === undefined || isWhole(orderId)) &&
    (clientOrderId === undefined || isText(clientOrderId, MAX_NAME))
  );
}

const isObject = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length <= longest && value.isWellFormed();

const isFlagOrNone = (value: unknown): boolean => value === undefined || value === true || value === false;
