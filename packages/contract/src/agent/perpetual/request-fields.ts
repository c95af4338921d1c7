import { Type } from 'typebox';
import { POSITION_SIDES, SIDES } from '../../enums.ts';
import { CLIENT_ORDER_ID_MAX_LENGTH, id64, oneOf, TIMESTAMP_MAX_MS, text } from '../../scalars.ts';

/** Users that one query names at most. */
export const PERPETUAL_USERS_MAX = 100;
/** Items on a page when no limit is given, and at most. */
export const PERPETUAL_LIMIT_DEFAULT = 500;
export const PERPETUAL_LIMIT_MAX = 1_000;
/** Characters of a cursor. */
export const PERPETUAL_CURSOR_MAX_LENGTH = 4_096;
/** How long a cursor can be used. */
export const PERPETUAL_CURSOR_LIFE_MS = 24 * 3_600_000;

/** Orders that are in the book, or conditions that place them. */
export const ORDER_CATEGORIES = ['NORMAL', 'CONDITIONAL'] as const;
export type OrderCategory = (typeof ORDER_CATEGORIES)[number];

const CONSTANT_PATTERN = '^[A-Z][A-Z_]{0,31}$';

/** A word in capitals; one that the venue does not know selects nothing. */
const constant = (description: string, example: string) =>
  Type.Optional(
    Type.String({
      pattern: CONSTANT_PATTERN,
      description,
      'x-rule': `a word in capitals such as "${example}"`,
      examples: [example],
    }),
  );

const time = (description: string) =>
  Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: TIMESTAMP_MAX_MS,
      description,
      'x-unit': 'ms',
      examples: [1_772_007_815_000],
    }),
  );

/** What every query takes. */
export const pageFields = {
  platformUserIds: Type.Optional(
    Type.Array(text('Id of the user at the venue', { minLength: 1, maxLength: 64 }, '1188041528'), {
      minItems: 1,
      maxItems: PERPETUAL_USERS_MAX,
      'x-code': 2002,
      description: 'Only these users',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PERPETUAL_LIMIT_MAX,
      default: PERPETUAL_LIMIT_DEFAULT,
      description: 'Items a page',
      'x-unit': 'count',
      examples: [100],
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      maxLength: PERPETUAL_CURSOR_MAX_LENGTH,
      pattern: '^[A-Za-z0-9._-]+$',
      description: 'nextCursor of the page before; it keeps the filters of the first page',
      'x-rule': 'the nextCursor of the page before',
      examples: ['eyJ2IjoxfQ.c2lnbg'],
    }),
  ),
};

export const orderCategory = () => Type.Optional(oneOf(ORDER_CATEGORIES, 'Orders or condition orders'));
export const symbolFilter = () =>
  Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{1,32}$',
      description: 'Only this symbol',
      'x-rule': 'a symbol such as "BTCUSDT"',
      examples: ['BTCUSDT'],
    }),
  );
export const timeFilters = { startTime: time('From this time on'), endTime: time('Before this time') };
export const orderIdFilter = () => Type.Optional(id64('Only this order'));
export const conditionIdFilter = () => Type.Optional(id64('Only this condition order'));
export const clientOrderIdFilter = () =>
  Type.Optional(
    text('Only orders with this clientOrderId', { minLength: 1, maxLength: CLIENT_ORDER_ID_MAX_LENGTH }, 'my-order-1'),
  );
export const sideFilter = () => Type.Optional(oneOf(SIDES, 'Only this side'));
export const positionSideFilter = () => Type.Optional(oneOf(POSITION_SIDES, 'Only this position side'));
export const statusFilter = () => constant('Only this status', 'FILLED');
export const assetTypeFilter = () => constant('Only this asset', 'USDT');
export const changeTypeFilter = () => constant('Only this kind of change', 'HANDLING_FEE');
