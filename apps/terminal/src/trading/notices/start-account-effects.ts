import { showToast } from '@openvenue/ui';
import { NO_LINES } from '../../chart/chart-lines.ts';
import type { Terminal } from '../../terminal-context.ts';
import type { AccountStore, AccountStream } from '../account/account-store.ts';
import { TRADING_TEXTS } from '../text/index.ts';
import { chartLinesOf } from './chart-lines-of.ts';
import { orderNotice } from './order-notice.ts';

/**
 * Tells the user what happens to orders, and shows positions and orders on the chart, for as long as the user is signed in
 * and whichever panel is open.
 */
export function startAccountEffects(terminal: Terminal, store: AccountStore, stream: AccountStream): void {
  const { ui, chartLines } = terminal;
  const text = () => TRADING_TEXTS[ui.getState().locale];
  let drawn = '';
  const draw = () => {
    const lines = chartLinesOf(text(), store.view.get());
    const next = JSON.stringify(lines);
    // Much of what changes in an account moves no line, and who looks at the lines need not hear of it.
    if (next !== drawn) chartLines.setState(lines);
    drawn = next;
  };
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
    chartLines.setState({ ...NO_LINES, move: undefined });
  });
}
