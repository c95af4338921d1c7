import type { AddressInfo } from 'node:net';
import { createAgentClient, createMemoryNonceStore } from '@openvenue/agent-sdk';
import type { Configuration } from './configuration.ts';
import { openDatabase } from './database.ts';
import { accountRoutes } from './http/account-routes.ts';
import { createApp } from './http/app.ts';
import { pages } from './http/pages.ts';
import { protect } from './http/protection.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { SignedIn } from './http/signed-in.ts';
import { tradingRoutes } from './http/trading-routes.ts';
import { webhookRoute } from './http/webhook-route.ts';
import { Ledger } from './money/ledger.ts';
import { Transfers } from './money/transfers.ts';
import { seedDemoUser } from './people/demo-user.ts';
import { LogInAttempts } from './people/log-in-attempts.ts';
import { type PasswordCost, Passwords } from './people/password.ts';
import { Sessions } from './people/sessions.ts';
import { Users } from './people/users.ts';
import { Bindings } from './venue/bindings.ts';
import { CatchUp } from './venue/catch-up.ts';
import { Courier } from './venue/courier.ts';
import { Inbox } from './venue/inbox.ts';
import { Reconciler } from './venue/reconciler.ts';

export interface SiteOptions {
  readonly configuration: Configuration;
  readonly logLevel?: 'warn' | 'silent';
  /** Default: 64 MiB a hash. */
  readonly passwordCost?: PasswordCost;
}

export interface Site {
  /** Where it listens. */
  readonly url: string;
  readonly users: Users;
  readonly ledger: Ledger;
  /** Ends everything that is under way and closes the database. Idempotent. */
  close(): Promise<void>;
}

/** Starts the site. @throws when the database is in use, the address is taken, or the venue's address cannot be right. */
export async function startSite({ configuration, logLevel = 'warn', passwordCost }: SiteOptions): Promise<Site> {
  const { venueUrl, agentCode, apiSecrets, host } = configuration;
  const app = await createApp({ logLevel, trustProxy: configuration.trustProxy });
  const { log } = app;
  const now = (): number => Date.now();

  const closing = new AbortController();
  const venue = {
    baseUrl: venueUrl,
    agentCode,
    apiSecret: apiSecrets[0] ?? '',
    fetch: (input: string | URL | Request, init: RequestInit = {}) => {
      const signals = init.signal ? [init.signal, closing.signal] : [closing.signal];
      return fetch(input, { ...init, signal: AbortSignal.any(signals) });
    },
  };
  // A person waits for the answers of the one; the other moves money and takes its time.
  const asking = createAgentClient({ ...venue, timeoutMs: 4_000, maxAttempts: 2 });
  const moving = createAgentClient({ ...venue, timeoutMs: 10_000, maxAttempts: 3 });

  const database = openDatabase(configuration.dataFolder);
  const ledger = new Ledger(database);
  const transfers = new Transfers(database, ledger, now);
  const users = new Users(database, ledger, now);
  const sessions = new Sessions(database, now);
  const passwords = new Passwords(passwordCost);
  const inbox = new Inbox({ database, transfers, log, now });
  const courier = new Courier({ client: moving, transfers, log, now, random: Math.random });
  const catchUp = new CatchUp({ client: asking, database, inbox, now });
  const alsoEveryLook = (): Promise<void> => catchUp.catchUpWhenDue();
  const reconciler = new Reconciler({ transfers, courier, log, now, alsoEveryLook });
  const bindings = new Bindings(asking, users);

  let origins: readonly string[] = configuration.origin === undefined ? [] : [configuration.origin];
  const isSecure = configuration.origin?.startsWith('https:') ?? false;
  const signedIn = new SignedIn({ sessions, users, isSecure });
  protect(app, { venueUrl, origins: () => origins });
  pages(app, { venueUrl, isDemo: configuration.isDemo });
  sessionRoutes(app, { users, passwords, attempts: new LogInAttempts(now), signedIn });
  accountRoutes(app, { client: asking, ledger, transfers, bindings, courier, signedIn, log });
  tradingRoutes(app, { client: asking, bindings, signedIn, returnUrl: () => `${origins[0]}/` });
  const seenNonces = createMemoryNonceStore();
  await app.register(webhookRoute, { inbox, secrets: apiSecrets, seenNonces, log, now });

  let closed: Promise<void> | undefined;
  function close(): Promise<void> {
    closed ??= stop();
    return closed;
  }
  async function stop(): Promise<void> {
    closing.abort();
    await reconciler.stop();
    await app.close();
    await courier.idle();
    database.close();
  }

  try {
    if (configuration.isDemo) await seedDemoUser(users, passwords);
    const faults = ledger.findFaults();
    if (faults.length > 0) throw new Error(`the books are wrong:\n${faults.join('\n')}`);
    await app.listen({ host, port: configuration.port });
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  if (origins.length === 0) origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  reconciler.start();
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, users, ledger, close };
}
