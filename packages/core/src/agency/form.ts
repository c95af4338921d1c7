import type { TextForm } from '../identity/form.ts';

const HASH: TextForm = { rule: '64 lowercase hex digits', minLength: 64, maxLength: 64, characters: /^[0-9a-f]*$/ };
const anyText = (minLength: number, maxLength: number): TextForm => ({
  rule: `${minLength}-${maxLength} characters`,
  minLength,
  maxLength,
});

export const AGENT_CODE: TextForm = {
  rule: '1-64 characters of A-Z a-z 0-9 . _ -',
  minLength: 1,
  maxLength: 64,
  characters: /^[\w.-]*$/,
};
export const PUBLIC_NUMBER: TextForm = { rule: '10 digits', minLength: 10, maxLength: 10, characters: /^\d*$/ };
export const AGENT_NAME = anyText(1, 128);
export const WEBHOOK_URL: TextForm = {
  rule: 'an http or https URL of at most 2048 characters, or empty',
  minLength: 0,
  maxLength: 2_048,
  characters: /^(?:https?:\/\/[\x21-\x7e]+)?$/,
};
/** No character that means something in a header: origins are written into one. */
export const ORIGIN: TextForm = {
  rule: 'scheme://host or scheme://host:port, lower case',
  minLength: 8,
  maxLength: 255,
  characters: /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/,
};

export const NONCE_HASH = HASH;
export const SIGN_ON_HASH = HASH;
export const AGENT_USER_ID = anyText(1, 64);
export const ORDER_NUMBER = anyText(1, 64);
export const REVERSE_REASON = anyText(0, 256);
export const CHANNEL_ID = anyText(1, 128);
export const FIRST_SYMBOL: TextForm = {
  rule: 'at most 32 characters of A-Z 0-9',
  minLength: 0,
  maxLength: 32,
  characters: /^[A-Z0-9]*$/,
};

/** Browsers read a backslash as a slash and drop control characters, so neither may follow the first slash. */
export const REDIRECT_PATH: TextForm = {
  rule: 'a path that begins with / and not with //, without backslash, of at most 2048 characters',
  minLength: 1,
  maxLength: 2_048,
  characters: /^\/(?:[\x21-\x2e\x30-\x5b\x5d-\x7e][\x21-\x5b\x5d-\x7e]*)?$/,
};
export const RETURN_URL: TextForm = {
  rule: 'an absolute http or https URL without user information, of at most 2048 characters, or empty',
  minLength: 0,
  maxLength: 2_048,
  characters: /^(?:https?:\/\/[\x21\x22\x24-\x2e\x30-\x3e\x41-\x5b\x5d-\x7e]+(?:[/?#][\x21-\x5b\x5d-\x7e]*)?)?$/,
};
