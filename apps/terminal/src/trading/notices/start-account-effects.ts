import { showToast } from '@openvenue/ui';
import type { Terminal } from '../../terminal-context.ts';
import type { AccountStore, AccountStream } from '../account/account-store.ts';
import { TRADING_TEXTS } from '../texts.ts';
import { chartLinesOf } from './chart-lines-of.ts';
import { orderNotice } from './order-notice.ts';

/**
 * Tells the user what happens to orders, and shows positions and orders on the chart, for as long as the user is signed in
 * and whichever panel is open.
 */
export function startAccountEffects(terminal: Terminal, store: AccountStore, stream: AccountStream): void {
  const { ui, chartLines } = terminal;
  const text = () => TRADING_TEXTS[ui.getState().locale];
  const draw = () => chartLines.setState({ account: chartLinesOf(text(), store.view.get()) });
  store.onOrderEvent((event) => {
    const notice = orderNotice(text(), event);
    if (notice !== undefined) showToast(notice);
  });
  const stops = [
    store.view.subscribe(draw),
    ui.subscribe(({ locale }, before) => {
      if (locale !== before.locale) draw();
    }),
  ];
  stream.onState(({ state }) => {
    if (state !== 'closed') return;
    for (const stop of stops) stop();
    chartLines.setState({ account: [] });
  });
}
