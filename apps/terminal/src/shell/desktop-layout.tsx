import { BookPanel } from '../book/book-panel.tsx';
import { ChartPanel } from '../chart/chart-panel.tsx';
import { useText } from '../i18n/index.ts';
import { useUi } from '../terminal-context.ts';
import { AccountSummary, OrderForm } from '../trading/index.ts';
import type { Panel } from '../ui-state/ui-state.ts';
import { gridTemplateOf } from './grid-layout.ts';
import { LazyTradingPanel } from './lazy-trading-panel.tsx';
import { PanelFrame } from './panel.tsx';
import { PanelBoundary } from './panel-boundary.tsx';

/** All panels at once. */
export function DesktopLayout() {
  const text = useText();
  const hidden = useUi((state) => state.hidden);
  const isShown = (panel: Panel) => !hidden.includes(panel);
  return (
    <main className="grid min-h-0 grow gap-1" style={gridTemplateOf(isShown)}>
      {isShown('chart') && (
        <PanelFrame area="chart">
          <PanelBoundary>
            <ChartPanel />
          </PanelBoundary>
        </PanelFrame>
      )}
      {isShown('orderBook') && (
        <PanelFrame area="orderBook">
          <PanelBoundary>
            <BookPanel />
          </PanelBoundary>
        </PanelFrame>
      )}
      {isShown('positions') && (
        <PanelFrame area="positions">
          <PanelBoundary>
            <LazyTradingPanel />
          </PanelBoundary>
        </PanelFrame>
      )}
      {(isShown('orderForm') || isShown('account')) && (
        <PanelFrame area="side" className="flex flex-col overflow-y-auto">
          {isShown('orderForm') && (
            <section aria-label={text.trade.form} className="mx-auto w-full max-w-[480px] grow">
              <PanelBoundary>
                <OrderForm />
              </PanelBoundary>
            </section>
          )}
          {isShown('account') && (
            <section aria-label={text.trade.account} className="mx-auto w-full max-w-[480px] shrink-0">
              <PanelBoundary>
                <AccountSummary />
              </PanelBoundary>
            </section>
          )}
        </PanelFrame>
      )}
    </main>
  );
}
