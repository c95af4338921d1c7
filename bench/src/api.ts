import { type ApiOrderFigures, benchApiOrders } from './api-orders.ts';
import { benchDepth, type DepthFigures } from './depth.ts';
import { machine, print } from './figures.ts';

/** A figure beside what it should be. */
interface Goal {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At least or at most this. */
  readonly least?: number;
  readonly most?: number;
}

/** Runs every part and sets its figures beside the goals. `folder` is where the data goes, by default the system's for temporary files. */
async function main(folder: string | undefined): Promise<void> {
  const orders = await benchApiOrders(folder);
  const depth = await benchDepth();
  print(`\n${machine()}\n`);
  for (const goal of goalsOf(orders, depth)) print(lineOf(goal));
}

function goalsOf(orders: ApiOrderFigures, { openvenue, naive }: DepthFigures): readonly Goal[] {
  const { http, peer, ws, half, readsAtHalf, readsAtMost, readsBesideDepth } = orders;
  return [
    {
      name: 'orders over HTTP by bare Fastify',
      value: http.acceptedPerSecond / peer.acceptedPerSecond,
      unit: '',
      least: 0.75,
    },
    { name: 'p99 of orders at half of that rate', value: half.p99Ms, unit: ' ms', most: 10 },
    {
      name: 'orders over the WebSocket by HTTP',
      value: ws.acceptedPerSecond / http.acceptedPerSecond,
      unit: '',
      least: 2.5,
    },
    {
      name: 'processor a depth message by naive',
      value: openvenue.microsPerMessage / naive.microsPerMessage,
      unit: '',
      most: 0.7,
    },
    { name: 'p99 of the account beside depth', value: readsBesideDepth.accountP99Ms, unit: ' ms', most: 5 },
    { name: 'p99 of the book beside depth', value: readsBesideDepth.bookP99Ms, unit: ' ms', most: 5 },
    { name: 'p99 of the account at half', value: readsAtHalf.accountP99Ms, unit: ' ms', most: 5 },
    { name: 'p99 of the book at half', value: readsAtHalf.bookP99Ms, unit: ' ms', most: 5 },
    { name: 'p99 of the account at all of it', value: readsAtMost.accountP99Ms, unit: ' ms', most: 5 },
    { name: 'p99 of the book at all of it', value: readsAtMost.bookP99Ms, unit: ' ms', most: 5 },
  ];
}

function lineOf({ name, value, unit, least, most }: Goal): string {
  const wanted = least === undefined ? `at most ${most}${unit}` : `at least ${least}${unit}`;
  const isMet = value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
  return `${name.padEnd(36)} ${`${value.toFixed(2)}${unit}`.padStart(11)}  wanted ${wanted.padEnd(14)} ${isMet ? 'met' : 'not met'}`;
}

if (import.meta.main) await main(process.argv[2]);
