import { load } from './http-load.ts';
import { AHEAD_MAX_MS, type Ahead, type Key, orderBody, signedOrders } from './orders.ts';
import type { LoadFigures, LoadShape } from './tally.ts';
import { loadWs } from './ws-load.ts';

/** What a process of load is asked for, one at a time; it answers with the figures. */
export type LoadJob = { readonly run: string; readonly port: number; readonly shape: LoadShape } & (
  | { readonly way: 'http'; readonly keys: readonly Key[] }
  | { readonly way: 'ws'; readonly paths: readonly string[] }
);

/** More orders a second than any server here takes. */
const SIGNED_PER_SECOND = 12_000;

function aheadOf({ warmUpMs, measuredMs, perSecond = SIGNED_PER_SECOND }: LoadShape): Ahead {
  const spanMs = Math.min(warmUpMs + measuredMs, AHEAD_MAX_MS);
  return { spanMs, count: Math.ceil((perSecond * spanMs) / 1_000) };
}

/** Runs jobs that another process sends: a load that shares its process with anything else measures that, too. */
async function run(job: LoadJob): Promise<LoadFigures> {
  const { port, shape } = job;
  if (job.way === 'http') return load({ port, nextRequest: signedOrders(job.keys, job.run, aheadOf(shape)) }, shape);
  let count = 0;
  const nextRequest = (id: number): string =>
    `{"id":"${id}","op":"order.place","args":[${orderBody(`${job.run}-${++count}`)}]}`;
  return loadWs({ port, paths: job.paths, nextRequest }, shape);
}

process.on('message', (job: LoadJob) => {
  void run(job).then((figures) => process.send?.(figures));
});
process.once('disconnect', () => process.exit(0));
