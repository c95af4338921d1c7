import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { decodeCommand, encodeCommand } from './command-codec.ts';
import { everyCommand } from './testing/every-command.ts';

describe('commands as the log writes them', () => {
  const commands = Object.entries(everyCommand(1_772_000_000_000)).flatMap(([type, shapes]) =>
    shapes.map((parts) => [type, { ...parts, type } as unknown as Command] as const),
  );

  it('SEQ-7: takes what no command has for what it is', () => {
    expect(decodeCommand('{"type":null,"list":[null,{"~":"5"},{"~":5}]}')).toEqual({
      type: null,
      list: [null, 5n, { '~': 5 }],
    });
  });

  it.each(commands)('SEQ-7, INV-6: %s is one line, and is decoded to what was encoded', (_type, command) => {
    const line = encodeCommand(command);
    expect(line).not.toContain('\n');
    expect(decodeCommand(line)).toEqual(command);
  });
});
