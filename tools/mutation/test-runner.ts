import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, Message, Ran } from './test-process.ts';

const PROGRAM = join(import.meta.dirname, 'test-process.ts');
/** A mutant that fills the memory dies soon. */
const MEMORY = '--max-old-space-size=1536';

/** Runs tests in a process of its own, which is ended and replaced when they take too long or it dies. */
export class TestRunner {
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;

  /** @param folder where the sources are that a job may change */
  constructor(folder: string, env: Readonly<Record<string, string>> = {}) {
    this.#folder = folder;
    this.#env = env;
  }

  /**
   * @returns 'looped' when a test file used up its patience, 'died' when the process ended by itself
   * @throws Error when the tests could not be run
   */
  async run(job: Job): Promise<Ran | 'looped' | 'died'> {
    this.#process ??= await this.#start();
    this.#process.send(job);
    const answer = await answerOf(this.#process);
    if (answer !== 'died' && answer.type === 'ran') return answer;
    if (answer !== 'died' && answer.type === 'broken') throw new Error(`${job.path}: ${answer.reason}`);
    await this.stop();
    writeFileSync(join(this.#folder, job.path), job.original);
    return answer === 'died' ? 'died' : 'looped';
  }

  async stop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => process.once('exit', () => resolve()));
    process.kill('SIGKILL');
    await ended;
  }

  async #start(): Promise<ChildProcess> {
    const started = fork(PROGRAM, [this.#folder], {
      execArgv: [MEMORY],
      env: { ...process.env, ...this.#env, NODE_ENV: 'test', VITEST: 'true' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    if ((await answerOf(started)) === 'died') throw new Error('the process of the tests did not start');
    return started;
  }
}

function answerOf(process: ChildProcess): Promise<Message | 'died'> {
  return new Promise((resolve) => {
    const onExit = (): void => finish('died');
    const onMessage = (message: Message): void => finish(message);
    function finish(answer: Message | 'died'): void {
      process.off('exit', onExit);
      process.off('message', onMessage);
      resolve(answer);
    }
    process.on('exit', onExit);
    process.on('message', onMessage);
  });
}
