import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { readTrend } from './overview.ts';

export const getAssetOverviewTrend = privateEndpoint(
  operations.getAssetOverviewTrend,
  async (venue, { query, principal }) => {
    const trend = await readTrend(venue, principal, query.type);
    return trend.ok ? answer({ items: [...trend.data] }) : trend;
  },
);
