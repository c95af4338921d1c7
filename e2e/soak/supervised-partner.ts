import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 60_000;

export interface PartnerHome {
  readonly dataFolder: string;
  readonly port: number;
  readonly venueUrl: string;
  readonly agentCode: string;
  readonly apiSecret: string;
}

/** The partner's real site, which is killed now and then and comes back. */
export class SupervisedPartner {
  readonly #home: PartnerHome;
  #running: Promise<ChildProcess>;
  isRestarting = false;
  kills = 0;

  constructor(home: PartnerHome) {
    this.#home = home;
    this.#running = this.#start();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#home.port}`;
  }

  /** Resolves when it serves. */
  async up(): Promise<void> {
    await this.#running;
  }

  /** The plug, and at once a new start, which checks its own books. One at a time: see `isRestarting`. */
  async killAndRestart(): Promise<void> {
    assert(!this.isRestarting, 'one kill at a time');
    this.isRestarting = true;
    this.kills++;
    const child = await this.#running;
    this.#running = end(child, 'SIGKILL').then(() => this.#start());
    await this.#running;
    this.isRestarting = false;
  }

  /** A clean end. @returns the exit code */
  async stop(): Promise<number | null> {
    return end(await this.#running, 'SIGTERM');
  }

  async kill(): Promise<void> {
    await end(await this.#running, 'SIGKILL');
  }

  async #start(): Promise<ChildProcess> {
    const { dataFolder, port, venueUrl, agentCode, apiSecret } = this.#home;
    const child = spawn(process.execPath, ['examples/partner/src/main.ts'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: String(port),
        PARTNER_DATA: dataFolder,
        PARTNER_DEMO: '1',
        OPENVENUE_URL: venueUrl,
        OPENVENUE_AGENT_CODE: agentCode,
        OPENVENUE_API_SECRET: apiSecret,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      const fail = (what: string): void => reject(new Error(`the partner's site ${what}:\n${output}`));
      const timer = setTimeout(() => fail(`was not ready within ${START_MS} ms`), START_MS);
      const read = (chunk: Buffer): void => {
        output = (output + chunk.toString()).slice(-10_000);
        if (!output.includes("Partner's site on ")) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => {
        clearTimeout(timer);
        fail('ended at its start');
      });
    });
    return child;
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
