import { operations } from '@openvenue/contract';
import { formatDecimal } from '@openvenue/money';
import { openingAfter, openingOf } from '@openvenue/views';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { askAccountFlows } from './account-flows.ts';

const DAYS = 30;

/** Today is that of the core, which has set the level for it (FEE-2). */
export const getVolumeStats = privateEndpoint(operations.getVolumeStats, async (venue, { principal }) => {
  const { exchange, timeMs } = venue.node.core;
  const todayMs = openingOf('1d', timeMs);
  const { volume30d } = exchange.account(principal.userId);
  const flows = await askAccountFlows(venue, principal, { span: '1d', fromMs: openingAfter('1d', todayMs, -DAYS) });
  if (!flows.ok) return flows;
  const before = flows.value.spans.filter(({ openMs }) => openMs < todayMs);
  const feeTotal = before.reduce((sum, { tradingFee }) => sum + tradingFee, 0n);
  return answer({ volume30d: formatDecimal(volume30d), feeTotal30d: formatDecimal(feeTotal) });
});
