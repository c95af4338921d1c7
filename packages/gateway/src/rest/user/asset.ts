import { operations } from '@openvenue/contract';
import { formatDecimal } from '@openvenue/money';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';

export const getUserAsset = privateEndpoint(operations.getUserAsset, ({ node }, { principal }) => {
  const account = node.core.exchange.account(principal.userId);
  const userAsset = {
    userId: principal.externalUserId,
    assetType: 'USDT',
    walletBalance: formatDecimal(account.wallet),
    frozenMargin: formatDecimal(account.frozen),
    usedMargin: formatDecimal(account.used),
    availableBalance: formatDecimal(account.available),
    unrealizedPnl: formatDecimal(account.unrealizedPnl),
    marginBalance: formatDecimal(account.marginBalance),
    maintenanceMargin: formatDecimal(account.maintenanceMargin),
    marginRatio: formatDecimal(account.marginRatio),
  };
  return answer({ userAsset });
});
