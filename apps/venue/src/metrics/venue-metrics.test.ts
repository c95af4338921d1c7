import type { AppendLog, Block } from '@openvenue/log';
import { describe, expect, it } from 'vitest';
import { type AppendedBlock, MeasuredLog } from './measured-log.ts';
import { VenueMetrics } from './venue-metrics.ts';

const GAUGES = { queuedCommands: () => 3, sockets: () => 2, historyLagCommands: () => 5, sequence: () => 99 };

describe('the venue measures', () => {
  it('calls, commits, blocks and what stands now', async () => {
    const metrics = new VenueMetrics(GAUGES);
    const call = { method: 'POST', route: '/v1/private/order/place', status: 200, code: 3001, durationMs: 4 };
    metrics.answered(call);
    metrics.answered({ ...call, code: 0 });
    metrics.submitted(0.002, 'recorded');
    metrics.submitted(0.002, 'refused');
    metrics.appended({ commands: 7, bytes: 900, seconds: 0.003 });
    const text = await metrics.text();
    for (const line of [
      'openvenue_queued_commands 3',
      'openvenue_sockets 2',
      'openvenue_history_lag_commands 5',
      'openvenue_sequence 99',
      'openvenue_call_seconds_count{method="POST",route="/v1/private/order/place"} 2',
      'openvenue_call_seconds_bucket{le="0.005",method="POST",route="/v1/private/order/place"} 2',
      'openvenue_call_seconds_bucket{le="0.0025",method="POST",route="/v1/private/order/place"} 0',
      'openvenue_replies_total{method="POST",route="/v1/private/order/place",status="200",code="3001"} 1',
      'openvenue_commit_seconds_count{outcome="refused"} 1',
      'openvenue_block_commands_sum 7',
      'openvenue_log_bytes_total 900',
      'openvenue_log_append_seconds_count 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});

describe('a measured log', () => {
  const block: Block = { firstSequence: 1, count: 2, payload: new Uint8Array(10) };
  const over = (append: AppendLog['append'], blocks: AppendedBlock[]) =>
    new MeasuredLog({ head: { lastSequence: 0, hash: new Uint8Array(32) }, append, close: async () => {} }, (each) =>
      blocks.push(each),
    );

  it('tells of a block once it is durable', async () => {
    const blocks: AppendedBlock[] = [];
    let done = (): void => {};
    const head = { lastSequence: 2, hash: new Uint8Array(32) };
    const waiting = over(() => new Promise((resolve) => (done = () => resolve(head))), blocks).append(block);
    expect(blocks).toEqual([]);
    done();
    expect(await waiting).toBe(head);
    expect(blocks).toEqual([{ commands: 2, bytes: 10, seconds: expect.any(Number) }]);
  });

  it('passes a failure on, and counts no block', async () => {
    const blocks: AppendedBlock[] = [];
    await expect(over(() => Promise.reject(new Error('disk')), blocks).append(block)).rejects.toThrow('disk');
    expect(blocks).toEqual([]);
  });
});
