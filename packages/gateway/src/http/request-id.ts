import { REQUEST_ID_PATTERN } from '@openvenue/contract';
import type { RandomBytes } from '../options.ts';

const GIVEN = new RegExp(REQUEST_ID_PATTERN);
const ID_BYTES = 12;

/** The id that the client gave in `X-Request-ID` when it is well-formed, else a new one. */
export function requestIdOf(given: string | readonly string[] | undefined, random: RandomBytes): string {
  return typeof given === 'string' && GIVEN.test(given) ? given : `req-${random(ID_BYTES).toString('hex')}`;
}
