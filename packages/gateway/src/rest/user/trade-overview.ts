import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { readOverview, readTrend } from './overview.ts';

export const getTradeOverview = privateEndpoint(operations.getTradeOverview, async (venue, { query, principal }) => {
  const [overview, trend] = await Promise.all([
    readOverview(venue, principal),
    readTrend(venue, principal, query.type),
  ]);
  if (!overview.ok) return overview;
  if (!trend.ok) return trend;
  return answer({ ...overview.data, items: [...trend.data] });
});
