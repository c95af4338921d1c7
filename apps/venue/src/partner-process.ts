import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Logger } from 'pino';

/** How long the venue's own start waits for the partner's. */
const READY_MS = 10_000;
/** Failed starts in a row that a start waits for: the second finds a port that a predecessor was just leaving. */
const FAILURES_AWAITED = 2;
/** Failed starts after which one that was never ready is left alone. */
const FAILURES_MAX = 5;
/** One that has run for so long has not failed at its start. */
const STEADY_MS = 60_000;
const BACK_OFF_MS = { first: 1_000, most: 30_000 } as const;
/** Time that it has to stop by itself. */
const STOP_MS = 5_000;

export interface PartnerProcessOptions {
  /** Its program. It sends `{ ready: url }` over IPC when it listens, and ends when the channel does. */
  readonly script: string;
  /** Where it listens; port 0 takes a free one, which is kept from then on. */
  readonly host: string;
  readonly port: number;
  /** All of its environment but `PATH`, `HOST` and `PORT`: of the venue's own it sees nothing. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Logger;
  /** It listens on this port, for the first time or again. */
  readonly onReady: (port: number) => Promise<void>;
  /** Default 1 s to 30 s, doubling. */
  readonly backOffMs?: { readonly first: number; readonly most: number };
}

/** What became of the partner's start. */
export type PartnerStart =
  | { readonly ok: true; readonly port: number }
  | { readonly ok: false; readonly problem: string };

/**
 * The partner's server in a process of its own: started again when it crashes, stopped with the venue. Whatever happens to
 * it, the venue goes on.
 */
export class PartnerProcess {
  readonly #options: PartnerProcessOptions;
  readonly #started = Promise.withResolvers<PartnerStart>();
  #port: number;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Failures in a row. */
  #failures = 0;
  #wasReady = false;
  #stopping = false;

  constructor(options: PartnerProcessOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** Resolves when it is ready, or is not going to be so soon. */
  start(): Promise<PartnerStart> {
    const timer = setTimeout(() => this.#settle('it did not get ready in time'), READY_MS);
    void this.#attempt();
    return this.#started.promise.finally(() => clearTimeout(timer));
  }

  /** Idempotent. It is gone when this resolves. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#settle('the venue is stopping');
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  }

  async #attempt(): Promise<void> {
    const { script, host } = this.#options;
    if (!existsSync(script)) {
      this.#failures = FAILURES_MAX;
      this.#failed(`${script} is not there`);
    } else if (await isTaken({ host, port: this.#port })) this.#failed(`port ${this.#port} is taken`);
    else if (!this.#stopping) this.#spawn();
  }

  #spawn(): void {
    const { script, host, environment, log } = this.#options;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      env: { PATH: process.env['PATH'] ?? '', ...environment, HOST: host, PORT: String(this.#port) },
      // The venue tells it when to stop: a Ctrl-C that reached both would look like a crash.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    let readyAtMs: number | undefined;
    child.on('message', (message) => {
      const port = portOf(message);
      if (port === undefined || this.#stopping) return;
      readyAtMs = performance.now();
      this.#wasReady = true;
      this.#port = port;
      this.#options.onReady(port).then(
        () => {
          log.info({ port }, 'the partner is ready');
          this.#started.resolve({ ok: true, port });
        },
        (error: unknown) => {
          log.error({ err: error }, "the partner's address could not be registered");
          this.#settle('its address could not be registered');
        },
      );
    });
    const ended = (why: string): void => {
      if (this.#child !== child) return;
      this.#child = undefined;
      if (readyAtMs !== undefined) log.warn(`the partner has ended (${why})`);
      if (readyAtMs !== undefined && performance.now() - readyAtMs > STEADY_MS) this.#failures = 0;
      this.#failed(`it ended (${why})`);
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
  }

  #failed(problem: string): void {
    if (this.#stopping) return;
    this.#failures += 1;
    if (this.#failures >= FAILURES_AWAITED) this.#settle(problem);
    if (this.#failures >= FAILURES_MAX && !this.#wasReady) {
      this.#options.log.warn(`the partner is not started any more: ${problem}`);
      return;
    }
    const { first, most } = this.#options.backOffMs ?? BACK_OFF_MS;
    this.#timer = setTimeout(() => void this.#attempt(), Math.min(most, first * 2 ** (this.#failures - 1)));
  }

  #settle(problem: string): void {
    this.#started.resolve({ ok: false, problem });
  }
}

/** The port of a `{ ready: 'http://127.0.0.1:8081' }`. */
function portOf(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('ready' in message)) return undefined;
  const { ready } = message;
  if (typeof ready !== 'string' || !URL.canParse(ready)) return undefined;
  const { protocol, port } = new URL(ready);
  return protocol === 'http:' && port !== '' ? Number(port) : undefined;
}

/** Whether somebody listens there already; other faults are for the process itself to meet and to report. */
function isTaken(address: { readonly host: string; readonly port: number }): Promise<boolean> {
  if (address.port === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error && error.code === 'EADDRINUSE'));
    server.listen(address, () => server.close(() => resolve(false)));
  });
}
