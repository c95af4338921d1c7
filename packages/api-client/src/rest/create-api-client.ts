import { systemClock } from '../clock.ts';
import { type ApiClientOptions, Caller, type Fields } from './caller.ts';
import type { Calls, EmbedCallOptions } from './calls.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { type PlaceOrder, placeSafely } from './place-safely.ts';

/** The client of the Developer API: one method for each endpoint, and the safe way to place an order. */
export type ApiClient = Omit<Calls, 'order'> & {
  readonly order: Calls['order'] & {
    /** Places an order once, however many replies are lost; see `placeSafely`. */
    readonly placeSafely: PlaceOrder;
  };
};

/**
 * A client of the Developer API for browsers and Node. Its methods resolve to the `data` of the reply. They reject with an
 * `ApiError` when the venue refuses, `OutcomeUnknownError` or `UnreachableError` when there is no reply, the reason of the
 * signal when a query is given up, and with the error of the token provider.
 *
 * ```ts
 * const client = createApiClient({ baseUrl: 'https://venue.example' });
 * const { list } = await client.market.symbols();
 * ```
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const caller = new Caller(options);
  const calls = callsOf(caller);
  const clock = options.clock ?? systemClock;
  return { ...calls, order: { ...calls.order, placeSafely: placeSafely(calls.order.place, { clock }) } };
}

function callsOf(caller: Caller): Calls {
  const methodOf =
    (endpoint: Endpoint) =>
    (input: Fields = {}, options: EmbedCallOptions = {}) =>
      caller.call(endpoint, input, options);
  const groups = Object.entries<Readonly<Record<string, Endpoint>>>(ENDPOINTS).map(([group, endpoints]) => [
    group,
    Object.fromEntries(Object.entries(endpoints).map(([method, endpoint]) => [method, methodOf(endpoint)])),
  ]);
  // The types of the methods follow from the same table.
  return Object.fromEntries(groups) as Calls;
}
