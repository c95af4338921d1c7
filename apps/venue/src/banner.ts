import type { Configuration } from './configuration.ts';
import { DEMO_FUNDS_USDT, DEMO_USERS } from './demo-accounts.ts';
import { DEMO_CUSTOMER } from './demo-partner.ts';
import { VERSION } from './release.ts';
import type { RunningVenue } from './venue.ts';

/** What a newcomer reads once the venue is ready: where it is, whom to be, what to try. */
export function banner(venue: RunningVenue, configuration: Configuration): string {
  const { url, recovered } = venue;
  const from = recovered.fromSnapshot === undefined ? '' : ` on a snapshot at ${recovered.fromSnapshot}`;
  const cut =
    recovered.cutBytes === 0
      ? ''
      : `; a torn block of ${recovered.cutBytes} bytes that nobody was promised was cut off`;
  const lines = [
    `OpenVenue ${VERSION} is ready (${configuration.mode} mode).`,
    '',
    ...partnerLines(venue),
    ...(venue.hasPages ? [`  Terminal   ${new URL('/trade/BTCUSDT', venue.publicUrl)}`] : []),
    `  REST       ${url}/v1`,
    `  Agent API  ${url}/v1/agent`,
    `  WebSocket  ${url.replace(/^http/, 'ws')}/ws`,
    `  Data       ${configuration.dataFolder} (${recovered.replayed} commands replayed${from}${cut})`,
  ];
  if (configuration.mode === 'demo') lines.push(...demoLines(url, configuration));
  if (venue.demoAgent !== undefined) {
    const { agentCode, apiSecret } = venue.demoAgent;
    lines.push('', 'Demo partner, for the Agent API:', `  agentCode=${agentCode} apiSecret=${apiSecret}`);
  }
  lines.push('', 'Stop it with Ctrl-C; the next start goes on where it stopped.');
  return lines.join('\n');
}

function partnerLines({ partner }: RunningVenue): string[] {
  if (partner === undefined) return [];
  const { username, password } = DEMO_CUSTOMER;
  return partner.ok
    ? [`  Open http://127.0.0.1:${partner.port} and sign in as ${username} / ${password}`, '']
    : [`  There is no demo partner: ${partner.problem}. PARTNER_PORT sets another port, or none.`, ''];
}

function demoLines(url: string, { prices }: Configuration): string[] {
  if (prices !== 'replay') return ['', 'No price feed: symbols and prices must be submitted by an operator.'];
  const users = DEMO_USERS.map(({ username, password }) => `${username} / ${password}`).join(', ');
  return [
    '',
    'The market is SIMULATED: recorded candles of 2025-08-08 drive the index, and the other traders are programs.',
    `Demo users, ${DEMO_FUNDS_USDT.toLocaleString('en-US')} USDT each: ${users}`,
    '',
    'Try:',
    `  curl '${url}/v1/public/market/depth?symbol=BTCUSDT&limit=5'`,
    `  TOKEN=$(curl -s ${url}/v1/public/user/login -H 'Content-Type: application/json' -d '{"username":"alice","password":"alice-demo"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    `  curl ${url}/v1/private/order/place -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"symbol":"BTCUSDT","type":"MARKET","side":"BUY","quantity":"0.01"}'`,
  ];
}
