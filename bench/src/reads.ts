import { createHmac } from 'node:crypto';
import { Agent, get } from 'node:http';
import type { Key } from './orders.ts';
import { quantile } from './tally.ts';

/** 99th percentiles over HTTP. */
export interface ReadFigures {
  readonly accountP99Ms: number;
  readonly bookP99Ms: number;
}

/** Below the limits of a user's calls and of public ones, so that every probe is answered. */
const INTERVAL_MS = 25;

/** Reads the account and the book every 25 ms while something else loads the venue. Rejects when a read is refused. */
export async function probeReads(
  url: string,
  key: Key,
  { warmUpMs, measuredMs }: { readonly warmUpMs: number; readonly measuredMs: number },
): Promise<ReadFigures> {
  const agent = new Agent({ keepAlive: true });
  const account = async (): Promise<number> => timeOf(url + signed('/v1/private/user/asset', key), agent, key.apiKey);
  const book = async (): Promise<number> => timeOf(`${url}/v1/public/market/depth?symbol=BTCUSDT&limit=50`, agent);
  await new Promise((resolve) => setTimeout(resolve, warmUpMs));
  const endMs = performance.now() + measuredMs;
  const reads: Promise<readonly [number, number]>[] = [];
  while (performance.now() < endMs) {
    reads.push(Promise.all([account(), book()]));
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  const times = await Promise.all(reads);
  agent.destroy();
  return {
    accountP99Ms: quantile(
      times.map(([ofAccount]) => ofAccount),
      0.99,
    ),
    bookP99Ms: quantile(
      times.map(([, ofBook]) => ofBook),
      0.99,
    ),
  };
}

function signed(path: string, { apiSecret }: Key): string {
  const query = `timestamp=${Date.now()}`;
  return `${path}?${query}&signature=${createHmac('sha256', apiSecret).update(query).digest('hex')}`;
}

function timeOf(url: string, agent: Agent, apiKey?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const beganMs = performance.now();
    const request = get(url, { agent, headers: apiKey === undefined ? {} : { 'x-api-key': apiKey } }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - beganMs);
        else reject(new Error(`a read was answered with status ${response.statusCode}`));
      });
    });
    request.once('error', reject);
  });
}
