import { type Failure, fail } from '../../failure.ts';
import { internalId } from '../../ids.ts';

/** The internal id of a key, or the refusal of a text that names none. */
export function readKeyId(id: string): { readonly ok: true; readonly id: number } | Failure {
  const internal = internalId('api-key', id);
  if (internal !== undefined) return { ok: true, id: internal };
  const details = { field: 'id', value: id, rule: 'the id of an API key of this user' };
  return fail('PARAMETER_INVALID', { details });
}
