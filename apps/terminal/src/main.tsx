import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import './main.css';
import { pageOptionsOf } from './session/page-options.ts';
import { App } from './shell/app.tsx';
import { createSignOn, startTerminal, type TerminalOptions } from './start-terminal.ts';
import { TerminalContext } from './terminal-context.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no element for the terminal');
const root = createRoot(element);
const asked = pageOptionsOf(new URL(location.href));
// A ticket leaves the address before anything can read or send it on.
if (asked.kind === 'entry') history.replaceState(null, '', location.pathname);
const signOn = createSignOn(location.origin, asked);

async function enter(): Promise<{ readonly options: TerminalOptions; readonly returnUrl?: string | undefined }> {
  if (asked.kind !== 'entry') return { options: asked };
  const { enterByTicket } = await import('./entry/enter-by-ticket.tsx');
  const { path, returnUrl } = await enterByTicket({ root, session: signOn.session, ...asked });
  const options = pageOptionsOf(new URL(path, location.origin));
  // A link into another link would go round in circles.
  if (options.kind === 'entry') throw new Error('the link leads to another link');
  history.replaceState(null, '', path);
  return { options, returnUrl };
}

const { options, returnUrl } = await enter();
const terminal = await startTerminal(signOn, options, returnUrl);
root.render(
  <TerminalContext value={terminal}>
    <App />
  </TerminalContext>,
);
