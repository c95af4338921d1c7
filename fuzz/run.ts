import { WS_OPS } from '@openvenue/contract';
import { BATCH, type BatchSizes, runBatch } from './batch.ts';
import { Report } from './checks/report.ts';
import { AGENT_OPERATION_NAMES } from './hostile/agent-requests.ts';
import { OPERATION_NAMES } from './hostile/developer-requests.ts';
import { ObservedVenue } from './venue/observed-venue.ts';

/** What the heap may grow by after the warm-up, with all that was accepted and is kept. */
export const HEAP_LIMIT_BYTES = 64 * 2 ** 20;
/** From so many batches on, everything that can be sent must have been sent. */
const WHOLE_FROM_BATCHES = 5;

export interface FuzzOptions {
  /** Requests and frames to send at least. */
  readonly requests: number;
  readonly seed: number;
  /** Runs this batch alone. */
  readonly batch?: number;
  readonly onBatch?: (report: Report) => void;
  readonly sizes?: BatchSizes;
  /** A bug to plant in the venue. */
  readonly canary?: string;
}

/** Sends hostile requests and frames to a venue until they are enough, and reports what was wrong. */
export async function fuzz({ requests, seed, batch, onBatch, sizes = BATCH, canary }: FuzzOptions): Promise<Report> {
  const report = new Report();
  const venue = await ObservedVenue.start(canary);
  let number = batch ?? 0;
  try {
    do {
      await runBatch({ venue, seed, number, sizes }, report);
      number++;
      onBatch?.(report);
    } while (batch === undefined && report.total < requests);
  } catch (error) {
    report.violated({ batch: number, what: `the batch could not be ended: ${String(error)}` });
  } finally {
    await venue.stop({ isBroken: report.violationCount > 0 });
  }
  if (batch === undefined) checkWhole(report, number);
  return report;
}

/** Limits and coverage of a whole run. */
function checkWhole(report: Report, batches: number): void {
  const violated = (what: string) => report.violated({ batch: batches, what });
  if (report.heapGrowthBytes > HEAP_LIMIT_BYTES) violated(`the heap grew by ${report.heapGrowthBytes} bytes`);
  if (batches < WHOLE_FROM_BATCHES) return;
  for (const name of [...OPERATION_NAMES, ...AGENT_OPERATION_NAMES])
    if (!report.reached.has(name)) violated(`${name} was never reached behind its authentication`);
  for (const op of WS_OPS) if (!report.ops.has(op)) violated(`${op} was never sent`);
}
