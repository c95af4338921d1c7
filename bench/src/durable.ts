import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Outcome } from '@openvenue/core';
import { openFileLog } from '@openvenue/log';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { Leader, type StateMachine } from '@openvenue/sequencer';

const SUBMITTERS = [1, 64, 512];
const WARM_UP_MS = 500;
const MEASURED_MS = 3_000;
/** Bound on the latencies kept of one run. */
const MAX_SAMPLES = 2_000_000;

export interface DurableFigures {
  /** Each waits for its reply before it submits again. */
  readonly submitters: number;
  readonly commandsPerSecond: number;
  /** From `submit` to the reply: durable, applied and published. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly commandsPerBlock: number;
}

/**
 * Measures the sequencer over a real file log in a new folder: what durability costs, with a machine that does nothing. The folder is
 * under `folder`, by default the system's for temporary files; in memory (`tmpfs`) the figures say nothing about a disk.
 */
export async function benchDurable(folder: string = tmpdir()): Promise<readonly DurableFigures[]> {
  const figures: DurableFigures[] = [];
  print(`durable commands, file log under ${folder}, ${MEASURED_MS / 1000} s each`);
  for (const submitters of SUBMITTERS) {
    const measured = await measure(folder, submitters);
    figures.push(measured);
    const { commandsPerSecond, p50Ms, p99Ms, commandsPerBlock } = measured;
    const speed = `${Math.round(commandsPerSecond).toLocaleString('en-US').padStart(8)} commands/s`;
    const latency = `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
    print(
      `  ${String(submitters).padStart(3)} submitters: ${speed}, ${latency}, ${commandsPerBlock.toFixed(1)} a block`,
    );
  }
  return figures;
}

async function measure(folder: string, submitters: number): Promise<DurableFigures> {
  const path = await mkdtemp(join(folder, 'openvenue-bench-'));
  try {
    const opened = await openFileLog(path);
    const fail = (error: unknown) => {
      throw error;
    };
    const leader = new Leader({
      core: new CountingMachine(),
      log: opened.log,
      snapshots: opened.snapshots,
      fromSnapshot: undefined,
      clock: { nowMs: () => Date.now() },
      onFailed: fail,
      onReadOnly: fail,
      onSnapshotFailed: fail,
    });
    const figures = await run(leader, submitters);
    await leader.close();
    await opened.close();
    return figures;
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function run(leader: Leader<CountingMachine>, submitters: number): Promise<DurableFigures> {
  const latenciesMs = new Float64Array(MAX_SAMPLES);
  const beginMs = performance.now() + WARM_UP_MS;
  const endMs = beginMs + MEASURED_MS;
  let samples = 0;
  let blocks = 0;
  leader.onCommitted(() => {
    if (performance.now() >= beginMs) blocks++;
  });
  const submitUntilEnd = async (submitter: number) => {
    const command = orderOf(submitter);
    for (let sentMs = performance.now(); sentMs < endMs && samples < MAX_SAMPLES; ) {
      await leader.submit(command);
      const doneMs = performance.now();
      if (sentMs >= beginMs) latenciesMs[samples++] = doneMs - sentMs;
      sentMs = doneMs;
    }
  };
  await Promise.all(Array.from({ length: submitters }, (_, i) => submitUntilEnd(i + 1)));
  const elapsedSeconds = (performance.now() - beginMs) / 1000;
  const sorted = latenciesMs.subarray(0, samples).sort();
  return {
    submitters,
    commandsPerSecond: samples / elapsedSeconds,
    p50Ms: sorted[Math.floor(samples * 0.5)]!,
    p99Ms: sorted[Math.floor(samples * 0.99)]!,
    commandsPerBlock: samples / blocks,
  };
}

/** An order as traders send it, so that the log has blocks of the usual size. */
function orderOf(userId: number): Command {
  return {
    type: 'place-order',
    actor: { userId, apiKeyId: userId, signatureHash: '5f'.repeat(32), signatureExpiresAtMs: 1_772_000_060_000 },
    order: {
      symbol: 'BTCUSDT',
      type: 'LIMIT',
      side: 'BUY',
      positionSide: 'BOTH',
      price: 500_000 as PriceTicks,
      quantity: 12 as QuantitySteps,
      timeInForce: 'GTC',
      clientOrderId: `bench-${userId}`,
    },
  };
}

const OUTCOME: Outcome = { reply: { ok: true, kind: 'done' }, events: [] };

class CountingMachine implements StateMachine {
  readonly rules = 1;
  sequence = 0;
  timeMs = 0;

  apply(sequence: number, timeMs: number): Outcome {
    this.sequence = sequence;
    this.timeMs = timeMs;
    return OUTCOME;
  }

  prepareSnapshot(): void {}

  snapshot(): Uint8Array {
    return new Uint8Array(Float64Array.of(this.sequence, this.timeMs).buffer);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await benchDurable(process.argv[2]);
