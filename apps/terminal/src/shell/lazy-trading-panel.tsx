import { LoadingState } from '@openvenue/ui';
import { lazy, Suspense } from 'react';
import { useText } from '../i18n/index.ts';

const TradingPanel = lazy(async () => {
  const { TradingPanel: loaded } = await import('../trading/panel/trading-panel.tsx');
  return { default: loaded };
});

/** Positions, orders and histories: loaded after the market is on the screen, which needs none of them. */
export function LazyTradingPanel() {
  const text = useText();
  return (
    <Suspense fallback={<LoadingState label={text.common.loading} />}>
      <TradingPanel />
    </Suspense>
  );
}
