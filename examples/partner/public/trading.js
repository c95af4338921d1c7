// @ts-check
import { element } from './account.js';
import { AskError, ask } from './ask.js';
import { currentLocale, textOfCode } from './texts.js';

/**
 * What this page uses of the widget's script.
 *
 * @typedef {{destroy(): void, reload(): void, setTheme(theme: string): void, setLocale(locale: string): void,
 *   on(event: string, handler: (event: any) => void): () => void}} Widget
 */

const darkMode = matchMedia('(prefers-color-scheme: dark)');
const theme = () => (darkMode.matches ? 'dark' : 'light');

/** @type {Widget | undefined} */
let widget;
/** The code of the error that is shown. */
let problem = '';

/**
 * Shows the terminal for the user who is signed in here.
 *
 * @param {{onSignedOut: () => void, onOrder: () => void}} handlers
 */
export function startTrading(handlers) {
  stopTrading();
  const { TradingWidget } = /** @type {any} */ (globalThis);
  if (TradingWidget === undefined) {
    showProblem('script_missing');
    return;
  }
  widget = /** @type {Widget} */ (
    TradingWidget.create('#trading-widget', {
      baseUrl: document.documentElement.dataset['venue'],
      theme: theme(),
      locale: currentLocale(),
      auth: {
        mode: 'partner-token',
        tokenProvider: async (/** @type {object} */ request) => {
          try {
            return await ask('/api/trading/embed-token', request);
          } catch (error) {
            if (error instanceof AskError && error.code === 'not_signed_in') handlers.onSignedOut();
            throw error;
          }
        },
      },
      onReady: () => showProblem(''),
      onError: (/** @type {{code: string}} */ { code }) => showProblem(code),
    })
  );
  widget.on('order_created', handlers.onOrder);
  widget.on('order_failed', handlers.onOrder);
}

export function stopTrading() {
  widget?.destroy();
  widget = undefined;
  showProblem('');
}

/** The script may be missing because the venue did not answer: then only loading the page again brings it. */
export function retryTrading() {
  showProblem('');
  if (widget === undefined) location.reload();
  else widget.reload();
}

/** Follows the page's language. */
export function followLocale() {
  widget?.setLocale(currentLocale());
  showProblem(problem);
}

darkMode.addEventListener('change', () => widget?.setTheme(theme()));

/** @param {string} code */
function showProblem(code) {
  problem = code;
  element('trading-problem').hidden = code === '';
  element('trading-message').textContent = code === '' ? '' : textOfCode('widget', code, 'widget_unsupported');
}
