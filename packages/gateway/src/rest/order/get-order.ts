import { operations } from '@openvenue/contract';
import { answer, fail } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { orderReferenceOf } from '../../mapping/new-order.ts';
import { askHistory } from '../history.ts';
import { readSymbol } from '../known-symbol.ts';
import { showOrder } from './views.ts';

const NO_SUCH_ORDER = 'an order of this user in this symbol';

export const getOrder = privateEndpoint(operations.getOrder, async (venue, { query, principal }) => {
  const known = readSymbol(venue, query.symbol);
  if (!known.ok) return known;
  const reference = orderReferenceOf(query);
  if (!reference.ok) return reference;
  const { core } = venue.node;
  const live = core.exchange.order(principal.userId, reference.value);
  if (live !== undefined) return answer(showOrder(venue, live));
  const found = await askHistory(
    venue.history.order(principal.userId, { ...reference.value, atLeastSequence: core.sequence }),
  );
  if (!found.ok) return found;
  if (found.value === undefined) return fail('ORDER_NOT_FOUND', { details: { rule: NO_SUCH_ORDER } });
  return answer(showOrder(venue, found.value));
});
