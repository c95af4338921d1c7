import { Button, TabList, TabPanel, Tabs } from '@openvenue/ui';
import { BookPanel } from '../book/book-panel.tsx';
import { ChartPanel } from '../chart/chart-panel.tsx';
import { useText } from '../i18n/index.ts';
import { useTerminal, useUi } from '../terminal-context.ts';
import { AccountSummary, OrderForm } from '../trading/index.ts';
import type { Panel, PhoneTab } from '../ui-state/ui-state.ts';
import { LazyTradingPanel } from './lazy-trading-panel.tsx';
import { PanelBoundary } from './panel-boundary.tsx';

const PANELS_OF: Readonly<Record<PhoneTab, readonly Panel[]>> = {
  chart: ['chart'],
  book: ['orderBook'],
  trade: ['orderForm', 'positions', 'account'],
};

/** One panel at a time, for phones and compact places. */
export function TabbedLayout() {
  const text = useText();
  const { ui, formIntent } = useTerminal();
  const hidden = useUi((state) => state.hidden);
  const chosen = useUi((state) => state.phoneTab);
  const isShown = (panel: Panel) => !hidden.includes(panel);
  const tabs = (['chart', 'book', 'trade'] as const).filter((tab) => PANELS_OF[tab].some(isShown));
  const tab = tabs.includes(chosen) ? chosen : (tabs[0] ?? 'chart');
  const trade = (side: 'BUY' | 'SELL') => {
    formIntent.setState({ intent: { side } });
    ui.setState({ phoneTab: 'trade' });
  };
  return (
    <main className="flex min-h-0 grow flex-col">
      <Tabs<PhoneTab>
        value={tab}
        onChange={(phoneTab) => ui.setState({ phoneTab })}
        className="flex min-h-0 grow flex-col bg-panel"
      >
        {tabs.length > 1 && (
          <TabList<PhoneTab>
            label={text.tabs.label}
            stretch
            className="shrink-0 border-b border-line"
            items={tabs.map((value) => ({ value, label: text.tabs[value] }))}
          />
        )}
        <TabPanel value="chart" className="grow">
          <PanelBoundary>
            <ChartPanel />
          </PanelBoundary>
        </TabPanel>
        <TabPanel value="book" className="grow">
          <PanelBoundary>
            <BookPanel />
          </PanelBoundary>
        </TabPanel>
        <TabPanel value="trade" className="grow overflow-y-auto">
          {isShown('orderForm') && (
            <PanelBoundary>
              <OrderForm />
            </PanelBoundary>
          )}
          {isShown('account') && (
            <PanelBoundary>
              <AccountSummary />
            </PanelBoundary>
          )}
          {isShown('positions') && (
            <section aria-label={text.trade.activity} className="min-h-80 border-t-4 border-page">
              <PanelBoundary>
                <LazyTradingPanel />
              </PanelBoundary>
            </section>
          )}
        </TabPanel>
      </Tabs>
      {tab !== 'trade' && isShown('orderForm') && (
        <div className="grid shrink-0 grid-cols-2 gap-2 border-t border-line bg-panel p-2 pb-[max(8px,env(safe-area-inset-bottom))]">
          <Button tone="up" size="large" onClick={() => trade('BUY')}>
            {text.trade.buy}
          </Button>
          <Button tone="down" size="large" onClick={() => trade('SELL')}>
            {text.trade.sell}
          </Button>
        </div>
      )}
    </main>
  );
}
