import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import './main.css';
import { App } from './shell/app.tsx';
import { startTerminal } from './start-terminal.ts';
import { TerminalContext } from './terminal-context.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element for the terminal');
const terminal = await startTerminal(new URL(location.href));
createRoot(root).render(
  <TerminalContext value={terminal}>
    <App />
  </TerminalContext>,
);
