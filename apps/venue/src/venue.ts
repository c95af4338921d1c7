import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  AgentSecrets,
  type AttachedWebSocket,
  accessTokenVerifier,
  attachWebSocket,
  buildGateway,
  clientAddressOf,
  type GatewayConfig,
  orderEntryOf,
  PasswordHasher,
} from '@openvenue/gateway';
import { type FileLog, openFileLog } from '@openvenue/log';
import { bundledReplay, DEFAULT_SYMBOLS, SimulatedMarket } from '@openvenue/prices';
import { coreMachine, Leader, recover, type VenueNode } from '@openvenue/sequencer';
import { MemoryViews, RecentEvents, seedCandles } from '@openvenue/views';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import { makeDataFolder } from './data-folder.ts';
import { seedDemo } from './demo-accounts.ts';
import {
  DEMO_AGENT_CODE,
  DEMO_PARTNER_PORT,
  type PartnerAddress,
  partnerAddress,
  seedDemoAgent,
} from './demo-agent.ts';
import { demoPartner } from './demo-partner.ts';
import { logFolder } from './folders.ts';
import { startHistory } from './history.ts';
import { MarketLoop } from './market-loop.ts';
import { MeasuredLog } from './metrics/measured-log.ts';
import { MeasuredNode } from './metrics/measured-node.ts';
import { VenueMetrics } from './metrics/venue-metrics.ts';
import { nearHost, urlOf } from './own-url.ts';
import { pagesIn } from './pages.ts';
import type { PartnerStart } from './partner-process.ts';
import { SERVICE, VERSION } from './release.ts';
import { secretsOf } from './secrets.ts';
import { startWebhooks } from './webhooks.ts';

export interface RunningVenue {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Where users reach it: the configured address, else the port on this machine. */
  readonly publicUrl: string;
  /** Whether it has a terminal to show. */
  readonly hasPages: boolean;
  /** Where the demo partner listens, or why it does not; undefined where none was wanted. */
  readonly partner: PartnerStart | undefined;
  /** How the demo agent signs; undefined in production, which has no such agent. */
  readonly demoAgent: { readonly agentCode: string; readonly apiSecret: string } | undefined;
  /** The node itself, for whoever checks the venue from within its process. */
  readonly node: VenueNode;
  /** Commands that were replayed at the start, and the snapshot it began from. */
  readonly recovered: {
    readonly replayed: number;
    readonly fromSnapshot: number | undefined;
    readonly cutBytes: number;
  };
  /** Stops taking requests, finishes what was accepted, saves a snapshot, closes everything. Idempotent. */
  close(): Promise<void>;
}

export interface VenueOptions {
  readonly configuration: Configuration;
  readonly log: Logger;
  /** The node can't go on: the process must end, so that a new one recovers what is durable. */
  readonly onFailed: (error: unknown) => void;
}

const clock = { nowMs: () => Date.now() };

/** Starts the whole venue in this process: log, recovery, sequencer, read models, gateway, and in demo mode the market. */
export async function startVenue(options: VenueOptions): Promise<RunningVenue> {
  const { configuration, log } = options;
  makeDataFolder(configuration.dataFolder);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    return await start(options, closers, close);
  } catch (error) {
    await close().catch((closing: unknown) => log.error({ err: closing }, 'could not close after a failed start'));
    throw error;
  }
}

async function start(
  options: VenueOptions,
  closers: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<RunningVenue> {
  const { configuration, log } = options;
  // Verifies the last segment now and older ones whenever they are read, so that a start takes no longer with every day of log.
  const store = await openFileLog(logFolder(configuration.dataFolder), { verifyFromSequence: Number.MAX_SAFE_INTEGER });
  closers.push(() => store.close());
  const { demoAgentSecret, ...secrets } = secretsOf(configuration);
  const metrics = new VenueMetrics({
    queuedCommands: () => leader.queuedCommands,
    sockets: () => socket?.connections() ?? 0,
    historyLagCommands: () => Math.max(0, store.log.head.lastSequence - history.position),
    sequence: () => leader.core.sequence,
  });
  const { leader, recent, recovered } = await startLeader(store, options, metrics);
  closers.push(() => leader.close());
  const node = new MeasuredNode(leader, (seconds, outcome) => metrics.submitted(seconds, outcome));

  const views = new MemoryViews(leader.core, { recent });
  leader.onCommitted((batch) => views.apply(batch));
  const history = startHistory({
    dataFolder: configuration.dataFolder,
    durableSequence: store.log.head.lastSequence,
    log,
  });
  closers.push(() => history.close());
  leader.onCommitted((batch) => history.durable(batch[batch.length - 1]?.sequence ?? 0));
  const seeding = new AbortController();
  void seedCandles({ views, history, signal: seeding.signal }).catch((error: unknown) =>
    log.error({ err: error }, 'candles and tickers know nothing of before the start'),
  );
  closers.push(async () => seeding.abort());

  const passwords = new PasswordHasher({ random: randomBytes });
  if (configuration.mode === 'demo' && configuration.prices === 'replay') {
    const source = bundledReplay(DEFAULT_SYMBOLS, configuration.marketSeed);
    const accounts = await seedDemo({ node: leader, passwords, source, nowMs: clock.nowMs });
    const market = new SimulatedMarket({ source, accounts, seed: configuration.marketSeed });
    const loop = new MarketLoop({ node: leader, market, nowMs: clock.nowMs, log });
    closers.push(() => loop.stop());
    await loop.quoted;
  }
  const agentSecrets = new AgentSecrets({ key: secrets.keyEncryptionKey, random: randomBytes });
  const { partnerPort = DEMO_PARTNER_PORT, demoWebhookUrl } = configuration;
  const seedAgent = async (apiSecret: string, address: PartnerAddress | undefined): Promise<void> =>
    seedDemoAgent({ node: leader, secrets: agentSecrets, apiSecret, address });
  if (demoAgentSecret !== undefined) {
    await seedAgent(demoAgentSecret, partnerPort === 0 ? undefined : partnerAddress(partnerPort, demoWebhookUrl));
  }
  const webhooks = startWebhooks({
    node: leader,
    secrets: agentSecrets,
    clock,
    log,
    allowPrivateAddresses: configuration.mode === 'demo',
  });
  closers.push(() => webhooks.stop());

  const publicUrl = (): string =>
    configuration.publicUrl ?? urlOf(nearHost(configuration.host), (app.server.address() as AddressInfo).port);
  const config: GatewayConfig = {
    ...secrets,
    issuer: configuration.issuer,
    audience: 'openvenue:developer',
    publicUrl,
    secureCookies: configuration.mode === 'production',
    trustProxy: configuration.trustProxy,
    corsOrigins: configuration.corsOrigins,
    rateLimits: { order: { perSecond: configuration.ordersPerSecond, burst: 2 * configuration.ordersPerSecond } },
    version: {
      service: SERVICE,
      version: VERSION,
      commit: configuration.commit,
      date: configuration.buildDate,
      market: configuration.prices === 'replay' ? 'simulated' : 'live',
    },
  };
  const pages = configuration.pagesFolder === undefined ? undefined : pagesIn(configuration.pagesFolder);
  let socket: AttachedWebSocket | undefined;
  const app = await buildGateway({
    node,
    history,
    market: views,
    clock,
    random: randomBytes,
    config,
    passwords,
    ...(pages === undefined ? {} : { pages }),
    isReady: () => leader.status === 'open',
    onAnswered: (line) => metrics.answered(line),
    metrics: metricsSource(metrics, configuration),
    logger: log,
  });
  closers.push(() => app.close());
  await app.listen({ host: configuration.host, port: configuration.port });
  socket = attachWebSocket(app.server, {
    node,
    views,
    clock,
    verifyAccessToken: accessTokenVerifier({ core: leader.core, clock, random: randomBytes, config }),
    orders: orderEntryOf(app),
    addressOf: clientAddressOf(configuration.trustProxy),
    allowedOrigins: [...originsOf(publicUrl(), configuration), ...configuration.corsOrigins],
    onError: (error) => log.error({ err: error }, 'a socket failed'),
  });
  const attached = socket;
  closers.push(() => attached.close());
  const { port } = app.server.address() as AddressInfo;
  const partner =
    demoAgentSecret === undefined
      ? undefined
      : demoPartner({
          configuration,
          venueUrl: publicUrl(),
          apiSecret: demoAgentSecret,
          log,
          onReady: (at) => seedAgent(demoAgentSecret, partnerAddress(at, demoWebhookUrl)),
        });
  if (partner !== undefined) closers.push(() => partner.stop());
  return {
    url: urlOf(configuration.host, port),
    publicUrl: publicUrl(),
    hasPages: pages?.isBuilt === true,
    partner: await partner?.start(),
    demoAgent: demoAgentSecret === undefined ? undefined : { agentCode: DEMO_AGENT_CODE, apiSecret: demoAgentSecret },
    node,
    recovered: { ...recovered, cutBytes: store.recovery.cutBytes },
    close,
  };
}

/** Where the terminal's pages come from. Without a public address this machine's own two names are as good as each other. */
function originsOf(publicUrl: string, configuration: Configuration): readonly string[] {
  const { origin, port } = new URL(publicUrl);
  return configuration.publicUrl === undefined ? [origin, `http://localhost:${port}`] : [origin];
}

function metricsSource(metrics: VenueMetrics, { metricsToken }: Configuration) {
  const { contentType } = metrics;
  const text = (): Promise<string> => metrics.text();
  return metricsToken === undefined ? { contentType, text } : { contentType, text, token: metricsToken };
}

/** After every start, the last trades and private events are at least those of so many commands, if the log's snapshots reach back that far. */
const RECENT_COMMANDS = 10_000;

async function startLeader(store: FileLog, { log, onFailed }: VenueOptions, metrics: VenueMetrics) {
  const recent = new RecentEvents();
  const { reader, snapshots } = store;
  const recovered = await recover({
    reader,
    snapshots,
    machine: coreMachine,
    wanted: { commands: RECENT_COMMANDS, head: store.log.head.lastSequence },
    onReplayed: (batch) => recent.take(batch),
  });
  for (const { sequence, error } of recovered.refusedSnapshots)
    log.warn({ sequence, err: error }, 'a snapshot was passed over');
  const leader = new Leader({
    core: recovered.core,
    log: new MeasuredLog(store.log, (block) => metrics.appended(block)),
    snapshots: store.snapshots,
    fromSnapshot: recovered.fromSnapshot,
    clock,
    onFailed,
    onReadOnly: (error) => log.fatal({ err: error }, 'the log is out of space: read-only from now on'),
    onSnapshotFailed: (error) => log.error({ err: error }, 'a snapshot could not be saved'),
  });
  return { leader, recent, recovered: { replayed: recovered.replayed, fromSnapshot: recovered.fromSnapshot } };
}
