import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 60_000;

/** The real program in a process of its own, on a free port of this machine. */
export class VenueProcess {
  readonly url: string;
  /** From the start of the process to its banner. */
  readonly readyMs: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #output: () => string;

  private constructor(started: {
    child: ChildProcess;
    exited: Promise<unknown>;
    url: string;
    readyMs: number;
    output: () => string;
  }) {
    this.#child = started.child;
    this.#exited = started.exited;
    this.url = started.url;
    this.readyMs = started.readyMs;
    this.#output = started.output;
  }

  static async start(dataFolder: string, environment: Readonly<Record<string, string>> = {}): Promise<VenueProcess> {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['apps/venue/src/main.ts'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: '0',
        PARTNER_PORT: 'none',
        OPENVENUE_DATA: dataFolder,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'exit');
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no banner within ${START_MS} ms:\n${output}`)), START_MS);
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /REST\s+(http:\/\/\S+)\/v1\n/.exec(output)?.[1];
        if (found !== undefined) {
          clearTimeout(timer);
          resolve(found);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void exited.then(() => {
        clearTimeout(timer);
        reject(new Error(`the venue ended at its start:\n${output}`));
      });
    });
    return new VenueProcess({ child, exited, url, readyMs: performance.now() - startedAt, output: () => output });
  }

  /** Everything it has printed. */
  get output(): string {
    return this.#output();
  }

  /** Where the partner example is; undefined unless it was started, such as by `PARTNER_PORT: '0'`. */
  get partnerUrl(): string | undefined {
    return /Open (http:\/\/\S+) /.exec(this.output)?.[1];
  }

  /** The plug. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Ctrl-C. @returns the exit code */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGINT');
    await this.#exited;
    return this.#child.exitCode;
  }
}
