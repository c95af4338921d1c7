import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./log-process.ts', import.meta.url));

/** A running `log-process.ts`. */
export interface LogProcess {
  readonly pid: number;
  /** The next line it prints; undefined when it has ended. */
  nextLine(): Promise<string | undefined>;
  send(line: string): void;
  /** Kills it with SIGKILL and returns the lines it had printed and nobody had read. */
  kill(): Promise<string[]>;
}

export function spawnLogProcess(role: 'append' | 'hold' | 'try' | 'tail', folder: string): LogProcess {
  const child: ChildProcess = spawn(process.execPath, [SCRIPT, role, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    return done === true ? undefined : value;
  };
  return {
    pid: child.pid!,
    nextLine,
    send: (line) => {
      child.stdin!.write(`${line}\n`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
      const rest: string[] = [];
      for (let line = await nextLine(); line !== undefined; line = await nextLine()) rest.push(line);
      return rest;
    },
  };
}
