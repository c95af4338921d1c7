import type { Money, Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { decodeCommand, encodeCommand } from './command-codec.ts';
import { BTC } from './testing/index.ts';

const amount = -123_456_789_012_345_678_901n as Money;
const level = { minVolume30d: 0n as Money, maker: -1 as Rate, taker: 2 as Rate };
const COMMANDS: readonly Command[] = [
  { type: 'configure-symbol', parameters: { ...BTC, fundCap: amount }, effectiveAtMs: 1 },
  { type: 'adjust-wallet', userId: 1, amount, changeType: 'ADJUSTMENT' },
  { type: 'adjust-insurance-fund', amount },
  { type: 'adjust-isolated-margin', actor: { userId: 1 }, symbol: 'BTCUSDT', positionSide: 'BOTH', amount },
  { type: 'adjust-agent-deposit', agentId: 1, amount },
  {
    type: 'set-fee-schedule',
    schedule: { agentId: 1, levels: [level], markup: { maker: 0 as Rate, taker: 0 as Rate } },
  },
  { type: 'set-leverage', actor: { userId: 1 }, symbol: 'BTCUSDT', leverage: 5 },
];

describe('command codec', () => {
  it.each(COMMANDS)('brings $type back as it was, in one line', (command) => {
    const line = encodeCommand(command);
    expect(line).not.toContain('\n');
    expect(decodeCommand(line)).toEqual(command);
  });
});
