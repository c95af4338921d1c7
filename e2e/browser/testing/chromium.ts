import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium-files.ts';

/** Nothing but this machine is there for the browser: a page that asks for more fails, with or without a network. */
const ONLY_THIS_MACHINE = 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

/** The package's own list of arguments switches the web's security off; these leave it as users have it. */
const ARGUMENTS = [
  '--no-sandbox', // Root has no sandbox, and continuous integration often is root.
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-proxy-server',
  '--font-render-hinting=none',
  `--host-resolver-rules=${ONLY_THIS_MACHINE}`,
];

/** Starts a browser of its own. */
export async function startChromium(extraArguments: readonly string[] = []): Promise<Browser> {
  const { executablePath, environment } = await findChromium();
  return chromium.launch({
    executablePath,
    args: [...ARGUMENTS, ...extraArguments],
    env: { ...process.env, ...environment },
  });
}
