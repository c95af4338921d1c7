import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ask, Seen, Started, Told } from './protocol.ts';

const PROGRAM = fileURLToPath(new URL('./venue-process.ts', import.meta.url));
const PLANTED = fileURLToPath(new URL('../canaries/planted-venue.ts', import.meta.url));

/** The venue in a process of its own, on a fresh data folder, and what can be seen of it from within. */
export class ObservedVenue {
  readonly started: Started;
  readonly #child: ChildProcess;
  readonly #dataFolder: string;
  readonly #ended: Promise<never>;

  private constructor(parts: { child: ChildProcess; dataFolder: string; ended: Promise<never>; started: Started }) {
    this.#child = parts.child;
    this.#dataFolder = parts.dataFolder;
    this.#ended = parts.ended;
    this.started = parts.started;
  }

  /** `canary`: a bug to plant in it, for tests of the fuzzer itself. */
  static async start(canary?: string): Promise<ObservedVenue> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'openvenue-fuzz-'));
    const child = fork(canary === undefined ? PROGRAM : PLANTED, {
      env: { PATH: process.env['PATH'], OPENVENUE_DATA: dataFolder, CANARY: canary },
      execArgv: ['--expose-gc'],
    });
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the venue's process ended by itself: ${code ?? signal}`);
    });
    // It is waited for only while something is asked.
    ended.catch(() => undefined);
    const started = (await told(child, ended)) as Started;
    await historyIsThere(started.port);
    return new ObservedVenue({ child, dataFolder, ended, started });
  }

  /** From now on commits are followed. */
  async begin(): Promise<void> {
    await this.#ask('begin');
  }

  /** What was seen since {@link begin}. Throws when the process has crashed. */
  async end(): Promise<Seen> {
    return (await this.#ask('end')) as Seen;
  }

  /** One that was found broken only has to be gone: it may hang. */
  async stop({ isBroken }: { readonly isBroken: boolean }): Promise<void> {
    if (this.#child.connected) {
      const exited = once(this.#child, 'exit');
      if (isBroken) this.#child.kill('SIGKILL');
      else await this.#ask('stop').catch(() => this.#child.kill('SIGKILL'));
      await exited;
    }
    await rm(this.#dataFolder, { recursive: true, force: true });
  }

  async #ask(ask: Ask): Promise<Told> {
    const answered = told(this.#child, this.#ended);
    if (this.#child.connected) this.#child.send(ask);
    return answered;
  }
}

const HISTORY_PATH = '/v1/public/market/funding-rate/history?symbol=BTCUSDT';
const TRIES = 30;
const ANSWER_MS = 60_000;

/** The history opens beside the venue; what it is asked before waits, and may be told to come back. */
async function historyIsThere(port: number): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const reply = await fetch(`http://127.0.0.1:${port}${HISTORY_PATH}`);
    if (reply.ok) return;
  }
  throw new Error('the history does not open');
}

async function told(child: ChildProcess, ended: Promise<never>): Promise<Told> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`the venue has been silent for ${ANSWER_MS} ms`)), ANSWER_MS);
  try {
    const [message] = await Promise.race([once(child, 'message'), ended, late.promise]);
    return message as Told;
  } finally {
    clearTimeout(timer);
  }
}
