import { openFileLog, openFileLogReader } from '../file/open-file-log.ts';
import { lastSequenceOf } from '../index.ts';
import { exampleBlock } from './blocks.ts';

/*
 * A process of its own for tests: `node log-process.ts <role> <folder>`. It writes one line per event to standard output.
 *   hold    opens the log, prints `open` and keeps it until it is killed
 *   append  the same, and appends without end, printing each sequence when it is acknowledged
 *   try     opens and closes the log, printing `open`, or the error's name and the holder's process id
 *   tail    for each sequence on standard input, reads up to it and prints the sequences of the blocks it has seen, then `-`
 */
const [role, folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('no folder given');
const print = (line: string | number) => process.stdout.write(`${line}\n`);

async function append(path: string): Promise<void> {
  const { log } = await openFileLog(path, { segmentBytes: 20_000 });
  print('open');
  for (;;) {
    const { lastSequence } = await log.append(exampleBlock(log.head.lastSequence + 1, { count: 2, bytes: 700 }));
    print(lastSequence);
  }
}

async function hold(path: string): Promise<void> {
  await openFileLog(path);
  print('open');
  process.stdin.resume();
}

async function attempt(path: string): Promise<void> {
  try {
    const opened = await openFileLog(path);
    print('open');
    await opened.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    print(`${error.name} ${'pid' in error ? error.pid : ''}`);
  }
}

async function tail(path: string): Promise<void> {
  const reader = await openFileLogReader(path);
  let last = 0;
  for await (const input of process.stdin) {
    for (const upTo of String(input).trim().split('\n').map(Number)) {
      for await (const block of reader.read(last, { upTo })) {
        print(block.firstSequence);
        last = lastSequenceOf(block);
      }
      print('-');
    }
  }
  await reader.close();
}

const roles: Readonly<Record<string, (path: string) => Promise<void>>> = { append, hold, try: attempt, tail };
const run = roles[role ?? ''];
if (run === undefined) throw new Error(`no role ${role}`);
await run(folder);
