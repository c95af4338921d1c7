import type { Actor } from '../../actor.ts';
import type { OperatorCommand, TradingCommand } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { anyNumber, type Form, field, flag, list, maybe, oneOf, record, text, whole } from './form.ts';
import { isPlainActor, isPlainCommand, isPlainOrder } from './plain-command.ts';
import { feeLevels, rate } from './symbol-form.ts';

/** Most price sources of one symbol, and most symbols, in a price command. */
export const MAX_QUOTES = 100;
export const MAX_PRICED_SYMBOLS = 1_000;
/** Most digits of money that anything may bring in; far beyond all money there is. */
const MAX_AMOUNT = 10n ** 30n;

/** Most sub-orders that a strategy is looked at with; more than any type has. */
const MAX_SUB_ORDERS = 10;

const amount: Form = (value) =>
  typeof value === 'bigint' && value <= MAX_AMOUNT && value >= -MAX_AMOUNT ? undefined : 'must be an amount of money';
const name = text(64);
const longText = text(256);
const symbol = field('symbol', name);
const orderId = field('orderId', maybe(whole(0)));
const clientOrderId = field('clientOrderId', maybe(text(64)));
const gridFault = field(
  'gridFault',
  maybe(
    record(
      field('field', oneOf('price', 'quantity', 'stopPrice', 'activatePrice')),
      field('value', longText),
      field('below', longText),
      field('above', longText),
    ),
  ),
);

const attachedExit = maybe(
  record(
    field('stopPrice', whole(0)),
    field('workingType', oneOf('MARK_PRICE', 'CONTRACT_PRICE')),
    field('price', maybe(whole(0))),
    gridFault,
  ),
);

const order = record(
  symbol,
  field('type', oneOf('LIMIT', 'MARKET')),
  field('side', oneOf('BUY', 'SELL')),
  field('positionSide', oneOf('BOTH', 'LONG', 'SHORT')),
  field('price', whole(0)),
  field('quantity', whole(0)),
  field('timeInForce', oneOf('GTC', 'IOC', 'FOK')),
  field('reduceOnly', maybe(flag)),
  field('makerOnly', maybe(flag)),
  field('closePosition', maybe(flag)),
  clientOrderId,
  field('placeType', maybe(name)),
  field('selfTradePrevention', maybe(oneOf('CANCEL_MAKER', 'CANCEL_TAKER', 'CANCEL_BOTH'))),
  field('priceType', maybe(oneOf(0, 1, 2, 3, 4))),
  gridFault,
  field('takeProfit', attachedExit),
  field('stopLoss', attachedExit),
);
/** Unknown types and working types have codes of their own (3100, 3106), so that any name passes here. */
const condition = record(
  symbol,
  field('type', name),
  field('side', oneOf('BUY', 'SELL')),
  field('positionSide', oneOf('BOTH', 'LONG', 'SHORT')),
  field('price', whole(0)),
  field('quantity', whole(0)),
  field('stopPrice', whole(0)),
  field('workingType', name),
  field('priceProtect', maybe(flag)),
  field('activatePrice', maybe(whole(0))),
  field('callbackRate', maybe(whole(0))),
  field('timeInForce', oneOf('GTC', 'IOC', 'FOK', 'GTE_GTC')),
  field('reduceOnly', maybe(flag)),
  field('closePosition', maybe(flag)),
  clientOrderId,
  field('selfTradePrevention', maybe(oneOf('CANCEL_MAKER', 'CANCEL_TAKER', 'CANCEL_BOTH'))),
  gridFault,
);
const conditionReference = record(symbol, field('conditionId', maybe(whole(0))), clientOrderId);
/** Wrong dependencies have a code of their own (3112), so that any name passes here. */
const subOrder = record(
  field('strategySubId', whole(0)),
  field('firstDrivenId', whole(0)),
  field('firstDrivenOn', maybe(name)),
  field('firstTrigger', maybe(name)),
  field('secondDrivenId', whole(0)),
  field('secondDrivenOn', maybe(name)),
  field('secondTrigger', maybe(name)),
  field('order', maybe(order)),
  field('condition', maybe(condition)),
);
const strategy = record(
  field('strategyType', oneOf('OTO', 'OCO', 'OTOCO')),
  field('subOrders', list(MAX_SUB_ORDERS, subOrder)),
);
const reference = record(symbol, orderId, clientOrderId);
const amendment = record(
  symbol,
  orderId,
  clientOrderId,
  field('price', maybe(whole(0))),
  field('quantity', maybe(whole(0))),
  gridFault,
);
const quote = record(
  field('source', longText),
  field('price', whole(0)),
  field('ageMs', whole(0)),
  field('weight', whole(0)),
);

/** Batches are judged item by item (MAT-10), so of them only the list itself is looked at here. */
const COMMANDS: Readonly<Record<TradingCommand['type'] | Exclude<OperatorCommand['type'], 'configure-symbol'>, Form>> =
  {
    'place-order': record(field('order', order)),
    'place-orders': record(field('orders', list())),
    'cancel-order': record(field('order', reference)),
    'cancel-orders': record(field('orders', list())),
    'amend-order': record(field('amendment', amendment)),
    'amend-orders': record(field('amendments', list())),
    'cancel-all-orders': record(field('symbol', maybe(name)), field('cancelType', maybe(oneOf(0, 1, 2)))),
    'place-condition': record(field('condition', condition)),
    'cancel-condition': record(field('condition', conditionReference)),
    'place-strategy': record(field('strategy', strategy)),
    'cancel-all-after': record(field('timeoutMs', whole(0)), field('keepReduceOnly', maybe(flag))),
    'set-leverage': record(symbol, field('leverage', anyNumber)),
    'set-margin-mode': record(symbol, field('marginMode', oneOf('CROSS', 'ISOLATED'))),
    'adjust-isolated-margin': record(
      symbol,
      field('positionSide', oneOf('BOTH', 'LONG', 'SHORT')),
      field('amount', amount),
    ),
    'update-prices': record(
      field('symbols', list(MAX_PRICED_SYMBOLS, record(symbol, field('quotes', list(MAX_QUOTES, quote))))),
    ),
    'delist-symbol': record(symbol, field('atMs', whole(1))),
    'set-fee-schedule': record(
      field(
        'schedule',
        record(
          field('agentId', whole(1)),
          field('levels', feeLevels),
          field('markup', record(field('maker', rate), field('taker', rate))),
        ),
      ),
    ),
    'adjust-insurance-fund': record(field('amount', amount)),
    'adjust-wallet': record(
      field('userId', whole(0)),
      field('changeType', oneOf('TRANSFER_IN', 'TRANSFER_OUT', 'ADJUSTMENT')),
      field('amount', amount),
    ),
  };

/** Who acts, of every command that has an actor. */
export const actor: Form = record(
  field('userId', whole(0)),
  field('sessionId', maybe(longText)),
  field('apiKeyId', maybe(whole(0))),
  field('signatureHash', maybe(longText)),
  field('signatureExpiresAtMs', maybe(whole(0))),
);

const fault = (form: Form, value: unknown): Rejected | undefined => {
  const rule = form(value);
  return rule === undefined ? undefined : reject('INVALID_PARAMETER', { rule });
};

type FormedCommand = { readonly type: keyof typeof COMMANDS };

/** What is wrong with the form of an exchange command, if anything: the edges check it, the core does not rely on it. */
export const commandFault = (command: FormedCommand): Rejected | undefined =>
  isPlainCommand(command as FormedCommand & Readonly<Record<string, unknown>>) ? undefined : commandFormFault(command);

export const actorFault = (value: Actor): Rejected | undefined =>
  isPlainActor(value) ? undefined : actorFormFault(value);

/** The same by the forms alone. */
export const commandFormFault = (command: FormedCommand): Rejected | undefined =>
  fault(COMMANDS[command.type], command);
export const actorFormFault = (value: unknown): Rejected | undefined => fault(actor, value);

export const orderFault = (value: unknown): Rejected | undefined =>
  isPlainOrder(value) ? undefined : fault(order, value);
export const referenceFault = (value: unknown): Rejected | undefined => fault(reference, value);
export const amendmentFault = (value: unknown): Rejected | undefined => fault(amendment, value);
