import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReadersJob } from './depth-readers.ts';
import type { DepthAnswer, DepthPorts } from './depth-server.ts';
import { median, print, rounded } from './figures.ts';

const ROUNDS = 5;
const WARM_UP_ROUNDS = 1;
const SOCKETS = 2_000;
const SETTLE_MS = 500;
const MEASURED_MS = 3_000;

export interface DepthRound {
  /** Processor time of the server, by delivered message. */
  readonly microsPerMessage: number;
  readonly messagesPerSecond: number;
}

export interface DepthFigures {
  readonly openvenue: DepthRound;
  readonly naive: DepthRound;
}

/** Measures what a message of depth costs the server, to 2,000 sockets at 20 updates a second, beside a server that makes each of them anew. */
export async function benchDepth(): Promise<DepthFigures> {
  const server = fork(fileURLToPath(new URL('./depth-server.ts', import.meta.url)));
  const readers = fork(fileURLToPath(new URL('./depth-readers.ts', import.meta.url)));
  try {
    const [ports] = (await once(server, 'message')) as [DepthPorts];
    const ours: DepthRound[] = [];
    const theirs: DepthRound[] = [];
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const our = await measure(server, readers, ports.openvenue);
      const their = await measure(server, readers, ports.naive);
      if (round < 0) continue;
      ours.push(our);
      theirs.push(their);
    }
    return report(ours, theirs);
  } finally {
    readers.disconnect();
    server.send('stop');
    await Promise.all([once(server, 'exit'), once(readers, 'exit')]);
  }
}

async function measure(server: ChildProcess, readers: ChildProcess, port: number): Promise<DepthRound> {
  await ask(readers, { ask: 'open', port, sockets: SOCKETS });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const before = {
    messages: await ask(readers, { ask: 'count' }),
    cpu: await cpuMicros(server),
    ms: performance.now(),
  };
  await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
  const cpu = (await cpuMicros(server)) - before.cpu;
  const messages = (await ask(readers, { ask: 'count' })) - before.messages;
  const seconds = (performance.now() - before.ms) / 1_000;
  await ask(readers, { ask: 'close' });
  return { microsPerMessage: cpu / messages, messagesPerSecond: messages / seconds };
}

async function ask(readers: ChildProcess, job: ReadersJob): Promise<number> {
  readers.send(job);
  const [messages] = (await once(readers, 'message')) as [number];
  return messages;
}

async function cpuMicros(server: ChildProcess): Promise<number> {
  server.send('cpu');
  const [answer] = (await once(server, 'message')) as [DepthAnswer];
  return answer.cpuMicros;
}

function report(ours: readonly DepthRound[], theirs: readonly DepthRound[]): DepthFigures {
  print(`depth to ${rounded(SOCKETS)} sockets, 20 updates a second, median of ${ROUNDS} interleaved rounds`);
  const figures = { openvenue: middle(ours), naive: middle(theirs) };
  for (const [name, { microsPerMessage, messagesPerSecond }] of Object.entries(figures))
    print(
      `  ${name}: ${microsPerMessage.toFixed(2)} us of processor a message, ${rounded(messagesPerSecond)} messages/s`,
    );
  print(`  ratio ${(figures.openvenue.microsPerMessage / figures.naive.microsPerMessage).toFixed(3)}`);
  return figures;
}

const middle = (rounds: readonly DepthRound[]): DepthRound => ({
  microsPerMessage: median(rounds.map((round) => round.microsPerMessage)),
  messagesPerSecond: median(rounds.map((round) => round.messagesPerSecond)),
});

if (import.meta.main) await benchDepth();
