import { Type } from 'typebox';

/** Characters of the id a client gives a request. */
export const FRAME_ID_MAX_LENGTH = 64;

/** Id of a request, as the client chose it. */
export const frameId = () =>
  Type.String({
    maxLength: FRAME_ID_MAX_LENGTH,
    pattern: '^[^\\u0000-\\u001F\\u007F\\uD800-\\uDFFF]*$',
    description: 'Id of the request, chosen by the client and echoed in the reply',
    'x-rule': 'text of up to 64 characters',
    examples: ['1'],
  });
