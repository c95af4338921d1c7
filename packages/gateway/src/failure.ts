import { ERROR_CATALOGUE, type ErrorDetails, type ErrorName, type Problem } from '@openvenue/contract';

/** A refusal on its way to the client. */
export interface Failure {
  readonly ok: false;
  readonly error: ErrorName;
  /** The catalogue's message unless given. */
  readonly message?: string;
  readonly details?: ErrorDetails;
  /** The catalogue's status unless given. */
  readonly httpStatus?: number;
}

/** What an endpoint answers. */
export type Answer<T> = { readonly ok: true; readonly data: T } | Failure;

export const answer = <T>(data: T): Answer<T> => ({ ok: true, data });

export const fail = (error: ErrorName, more: Omit<Failure, 'ok' | 'error'> = {}): Failure => ({
  ok: false,
  error,
  ...more,
});

const NAME_BY_CODE: ReadonlyMap<number, ErrorName> = new Map(ERROR_CATALOGUE.map(({ code, name }) => [code, name]));

/** The refusal of a request whose form is wrong. */
export function failForm({ code, field, rule, value }: Problem): Failure {
  const error = NAME_BY_CODE.get(code);
  if (error === undefined) throw new Error(`the error catalogue has no code ${code}`);
  return fail(error, { details: value === undefined ? { field, rule } : { field, value, rule } });
}
