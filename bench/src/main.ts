import { benchCoreSuite, type Rate } from './core-suite.ts';
import { benchDurable, type DurableFigures } from './durable.ts';
import { machine, print, rounded } from './figures.ts';
import { benchHttp, type HttpFigures } from './http.ts';

interface Row {
  readonly name: string;
  readonly perSecond: number;
  /** What stands beside it, and how many it makes; nothing for a figure that stands alone. */
  readonly peer?: { readonly name: string; readonly perSecond: number };
  readonly latency?: { readonly p50Ms: number; readonly p99Ms: number };
}

/** Runs every part and prints what it found as one table. `folder` is where files go, by default the system's for temporary files. */
async function main(folder: string | undefined): Promise<void> {
  const rates = benchCoreSuite();
  const durable = await benchDurable(folder);
  const http = await benchHttp(folder);
  const rows = [...rates.map(rateRow), ...durable.map(durableRow), httpRow(http)];
  print(`\n${machine()}\n`);
  for (const line of table(rows)) print(line);
}

const PEER_BOOK = 'nodejs-order-book';

function rateRow({ name, perSecond, peerPerSecond }: Rate): Row {
  return { name, perSecond, peer: { name: PEER_BOOK, perSecond: peerPerSecond } };
}

function durableRow(figures: DurableFigures): Row {
  return {
    name: `durable, ${figures.submitters} submitters`,
    perSecond: figures.commandsPerSecond,
    latency: { p50Ms: figures.p50Ms, p99Ms: figures.p99Ms },
  };
}

function httpRow({ openvenue, bareFastify }: HttpFigures): Row {
  return {
    name: 'orders over HTTP, durable',
    perSecond: openvenue.acceptedPerSecond,
    peer: { name: 'Fastify + HMAC', perSecond: bareFastify.acceptedPerSecond },
    latency: openvenue,
  };
}

function table(rows: readonly Row[]): string[] {
  const head = ['', 'per second', 'ratio', 'p50 ms', 'p99 ms', 'beside', 'per second'];
  const cells = rows.map(({ name, perSecond, peer, latency }) => [
    name,
    rounded(perSecond),
    peer === undefined ? '' : (perSecond / peer.perSecond).toFixed(2),
    latency?.p50Ms.toFixed(2) ?? '',
    latency?.p99Ms.toFixed(2) ?? '',
    peer?.name ?? '',
    peer === undefined ? '' : rounded(peer.perSecond),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...cells].map((row) => row[i]!.length)));
  const isText = (column: number): boolean => head[column] === '' || head[column] === 'beside';
  return [head, ...cells].map((row) =>
    row
      .map((cell, i) => (isText(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

if (import.meta.main) await main(process.argv[2]);
