import { integer, LIMITS, oneOf, text } from './field.ts';
import {
  type AcceptPayloads,
  AUTH_FAILURES,
  AUTH_REASONS,
  AUTH_STATES,
  type ConnectPayloads,
  EMBED_ERRORS,
  type EmbedPayloads,
  type HostPayloads,
  LOCALES,
  THEMES,
} from './message.ts';
import type { Shapes } from './parse.ts';

const symbol = text(LIMITS.symbol);
const value = text(LIMITS.value);
const message = text(LIMITS.message);
const nonce = text(LIMITS.nonce);

// One table a direction, so that each end ships only what it reads.

export const EMBED_SHAPES: Shapes<EmbedPayloads> = {
  auth_request: { reason: oneOf(AUTH_REASONS) },
  auth_state: { state: oneOf(AUTH_STATES) },
  ready: { symbol },
  symbol_changed: { symbol },
  locale_changed: { locale: oneOf(LOCALES) },
  order_created: {
    orderId: value,
    clientOrderId: value,
    symbol,
    side: value,
    type: value,
    price: value,
    quantity: value,
  },
  order_failed: { code: integer, message, clientOrderId: value, symbol, side: value, type: value },
  error: { code: oneOf(EMBED_ERRORS), message, detail: text(LIMITS.detail) },
};

export const HOST_SHAPES: Shapes<HostPayloads> = {
  auth_token: { embedToken: text(LIMITS.embedToken), expireAt: integer },
  auth_failed: { code: oneOf(AUTH_FAILURES) },
  set_symbol: { symbol },
  set_theme: { theme: oneOf(THEMES) },
  set_locale: { locale: oneOf(LOCALES) },
  destroy: {},
};

export const CONNECT_SHAPES: Shapes<ConnectPayloads> = { connect: { nonce } };
export const ACCEPT_SHAPES: Shapes<AcceptPayloads> = { accept: { nonce } };
