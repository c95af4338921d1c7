import { type Decoder, oneOf, ShapeError } from './decode.ts';
import { ProtocolError } from './errors.ts';
import type { Success } from './repeat.ts';
import type { Environment, EnvironmentEcho } from './replies.ts';
import type { Fields } from './signing.ts';

/**
 * Reads an answer with `code` 0. When the request named an environment the answer must name the same: money of one never passes for
 * money of the other.
 *
 * @throws ProtocolError
 */
export function readReply<T>(success: Success, decoder: Decoder<T>, sent: Fields): T & EnvironmentEcho {
  try {
    const reply = decoder(success.body, 'reply');
    if (sent['environment'] === undefined) return reply as T & EnvironmentEcho;
    const environment = oneOf<Environment>('PRODUCTION', 'SIMULATED')(success.body['environment'], 'reply.environment');
    if (environment !== sent['environment']) throw new ShapeError('reply.environment is not the one of the request');
    return { ...reply, environment };
  } catch (error) {
    if (error instanceof ShapeError) {
      throw new ProtocolError(`${success.place.path}: ${error.message}`, success.place, error);
    }
    throw error;
  }
}
