import { operations } from '@openvenue/contract';
import { privateEndpoint } from '../../http/endpoint.ts';
import { readOverview } from './overview.ts';

export const getAssetOverviewSummary = privateEndpoint(operations.getAssetOverviewSummary, (venue, { principal }) =>
  readOverview(venue, principal),
);
