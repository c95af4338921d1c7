import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own that answers one job at a time, so that what is measured shares its processor time with nothing else. */
export class Child<Job extends object, Answer> {
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(module: URL) {
    this.#process = fork(fileURLToPath(module), { execArgv: ['--disable-warning=ExperimentalWarning'] });
    this.#exited = once(this.#process, 'exit');
  }

  /** @throws Error when the process ends instead of answering */
  async ask(job: Job): Promise<Answer> {
    const answered = once(this.#process, 'message') as Promise<[Answer]>;
    const ended = this.#exited.then(() => {
      throw new Error(`a process of the soak has ended while it was asked for ${JSON.stringify(job).slice(0, 80)}`);
    });
    this.#process.send(job);
    const [answer] = await Promise.race([answered, ended]);
    return answer;
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill('SIGKILL');
    await this.#exited;
  }
}

/** Answers the jobs of the process that has started this one, and ends with it. */
export function serveJobs<Job, Answer>(answer: (job: Job) => Promise<Answer>): void {
  process.on('message', (job: Job) => {
    void answer(job).then((result) => process.send?.(result ?? {}));
  });
  process.once('disconnect', () => process.exit(0));
}
