import { operations } from '@openvenue/contract';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { accountChangeView, WALLET_ASSET } from '../../mapping/ledger.ts';
import { askHistory, historyPageOf } from '../history.ts';

export const getAccountChangeLog = privateEndpoint(
  operations.getAccountChangeLog,
  async (venue, { query, principal }) => {
    const { assetType = WALLET_ASSET, changeType, startTime: startTimeMs, endTime: endTimeMs } = query;
    if (assetType !== WALLET_ASSET) return answer({ list: [], total: 0 });
    const filter = { ...defined({ changeType, startTimeMs, endTimeMs }), atLeastSequence: venue.node.core.sequence };
    const rows = await askHistory(venue.history.ledger(principal.userId, filter, historyPageOf(query)));
    if (!rows.ok) return rows;
    const { list, total } = rows.value;
    return answer({ list: list.map(accountChangeView), total });
  },
);
