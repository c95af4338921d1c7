import { Type } from 'typebox';

/** Life of a listen key without renewal, in milliseconds. */
export const LISTEN_KEY_LIFE_MS = 3_600_000;

/** Key that opens the private channel; it is a credential and never echoed. */
export const listenKey = () =>
  Type.String({
    pattern: '^[0-9a-f]{32}$',
    description: 'Key that opens the private channel',
    'x-secret': true,
    'x-rule': '32 lower-case hexadecimal digits',
    examples: ['8f14e45fceea167a5a36dedd4bea2543'],
  });
