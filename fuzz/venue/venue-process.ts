import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PasswordHasher } from '@openvenue/gateway';
import { type Money, ONE } from '@openvenue/money';
import { bundledReplay, DEFAULT_SYMBOLS, SimulatedMarket } from '@openvenue/prices';
import { pino } from 'pino';
import { readConfiguration } from '../../apps/venue/src/configuration.ts';
import { seedDemo } from '../../apps/venue/src/demo-accounts.ts';
import { startVenue } from '../../apps/venue/src/venue.ts';
import { LoopMeter } from './loop-meter.ts';
import type { Ask, Told } from './protocol.ts';
import { Shadow } from './shadow.ts';

/** Turns of the simulated market after which every maker has quoted every symbol. */
const OPENING_TURNS = 4;
const PRICES_INTERVAL_MS = 500;
/** More than the users of any run are given. */
const DEPOSIT_USDT = 1_000_000_000n;

const faults: string[] = [];
const fault = (kind: string, error: unknown): void => {
  faults.push(`${kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
};
process.on('unhandledRejection', (error) => fault('unhandled rejection', error));
process.on('uncaughtException', (error) => fault('uncaught exception', error));

const { gc } = globalThis;
assert(gc !== undefined, 'the process was started without --expose-gc');

const configuration = readConfiguration({
  ...process.env,
  PORT: '0',
  PARTNER_PORT: 'none',
  PRICES: 'none',
  // Requests come from as many addresses as they name, so that the limits of one address do not hide what is behind them.
  OPENVENUE_TRUST_PROXY: '127.0.0.1',
});
const venue = await startVenue({
  configuration,
  log: pino({ level: 'error' }, { write: (line: string) => void faults.push(`logged: ${line.trim()}`) }),
  onFailed: (error) => fault('the node failed', error),
});
const { node, demoAgent } = venue;
assert(demoAgent !== undefined, 'a demo venue has a demo agent');
const source = bundledReplay(DEFAULT_SYMBOLS, configuration.marketSeed);
const nowMs = () => Date.now();
const accounts = await seedDemo({ node, passwords: new PasswordHasher({ random: randomBytes }), source, nowMs });
const market = new SimulatedMarket({ source, accounts, seed: configuration.marketSeed });
// Nobody takes the agent's webhooks.
const agentId = node.core.agency.agentByCode(demoAgent.agentCode)?.agentId ?? 0;
await node.submit({ type: 'update-agent', agentId, webhookUrl: '' });
await node.submit({ type: 'adjust-agent-deposit', agentId, amount: (DEPOSIT_USDT * ONE) as Money });
for (let turn = 0; turn < OPENING_TURNS; turn++) await trade();

// Without fresh prices the symbols would stop taking orders.
const pricesTimer = setInterval(() => void updatePrices(), PRICES_INTERVAL_MS);
const meter = new LoopMeter();
let shadow = new Shadow(node.core);
node.onCommitted((batch) => shadow.follow(batch));

/** Fresh prices; behind them every command that was submitted before is applied. */
async function updatePrices(): Promise<void> {
  await node.submit({ type: 'update-prices', symbols: source.quotesAt(Math.floor(nowMs() / 1_000)) });
}

/** One turn of the simulated market. */
async function trade(): Promise<void> {
  await Promise.all(market.tick(node.core, nowMs()).map((command) => node.submit(command)));
}

async function answer(ask: Ask): Promise<Told> {
  switch (ask) {
    case 'begin':
      await trade();
      await updatePrices();
      faults.length = 0;
      shadow = new Shadow(node.core);
      meter.skip();
      meter.take();
      return { kind: 'began' };
    case 'end': {
      const loopBusyMs = meter.take();
      await updatePrices();
      const divergence = shadow.divergence(node.core);
      gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return {
        kind: 'seen',
        commits: shadow.counts,
        divergence,
        faults: faults.splice(0),
        loopBusyMs,
        heapBytes: heapUsed + external,
      };
    }
    case 'stop':
      clearInterval(pricesTimer);
      meter.stop();
      await venue.close();
      return { kind: 'stopped' };
  }
}

const tell = (told: Told): void => void process.send?.(told);
process.on('message', (ask: Ask) => {
  void answer(ask).then((told) => {
    tell(told);
    if (told.kind === 'stopped') process.disconnect();
  });
});
tell({
  kind: 'started',
  port: Number(new URL(venue.url).port),
  agent: demoAgent,
  symbols: DEFAULT_SYMBOLS.map(({ symbol }) => symbol),
});
