import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { call, logIn, patiently } from './testing/api.ts';
import { VenueProcess } from './testing/venue-process.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-damage-'));
const logFolder = join(dataFolder, 'log');
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

const segment = (): string => join(logFolder, readdirSync(logFolder).find((name) => name.endsWith('.log')) ?? 'none');

describe('a damaged data folder', () => {
  it('is refused with file and offset when the log is hit, and taken again when it is mended; a lost history is rebuilt', async () => {
    let venue = await VenueProcess.start(dataFolder);
    const token = await logIn(venue.url, 'alice', 'alice-demo');
    const order = { symbol: 'SOLUSDT', type: 'MARKET', side: 'SELL', quantity: '1' };
    const placed = await call(venue.url, { path: '/v1/private/order/place', body: order, auth: { token } });
    expect(placed).toMatchObject({ code: 0, data: { status: 'FILLED' } });
    expect(await venue.stop()).toBe(0);

    const whole = readFileSync(segment());
    const hit = Buffer.from(whole);
    const at = whole.indexOf('"place-order"');
    hit[at] = (hit[at] ?? 0) ^ 1;
    writeFileSync(segment(), hit);
    await expect(VenueProcess.start(dataFolder)).rejects.toThrow(/did not start: .*\.log at byte \d+/);
    expect(readFileSync(segment()).equals(hit), 'nothing was changed by the refusal').toBe(true);

    writeFileSync(segment(), whole);
    rmSync(join(dataFolder, 'history'), { recursive: true });
    venue = await VenueProcess.start(dataFolder);
    try {
      const trades = await patiently(() =>
        call(venue.url, { path: '/v1/private/order/trades', query: { symbol: 'SOLUSDT' }, auth: { token } }),
      );
      expect(trades.data.list.map((trade: { orderId: string }) => trade.orderId)).toContain(placed.data.orderId);
    } finally {
      await venue.stop();
    }
  });
});
