import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Command } from '@openvenue/core';
import { PasswordHasher } from '@openvenue/gateway';
import { pino } from 'pino';
import { readConfiguration } from '../../apps/venue/src/configuration.ts';
import { startVenue } from '../../apps/venue/src/venue.ts';
import type { Ask, Told } from './protocol.ts';

// The whole venue with nobody in its market: whoever started this process is its operator, and moves its clock, which stands otherwise.
let nowMs = Number(process.env['CLOCK_MS'] ?? Date.now());
Date.now = () => nowMs;

const configuration = readConfiguration({ PORT: '0', PARTNER_PORT: 'none', PRICES: 'none', ...process.env });
const log = pino({ level: 'warn' }, process.stderr);
const venue = await startVenue({
  configuration,
  log,
  onFailed: (error) => {
    log.fatal({ err: error }, 'the node has failed');
    process.exit(1);
  },
});
/** Of passwords that guard nothing. */
const CHEAP = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
const passwords = new PasswordHasher({ random: randomBytes, cost: CHEAP });

async function answer(ask: Ask): Promise<unknown> {
  switch (ask.kind) {
    case 'submit':
      return (await venue.node.submit(ask.command as Command)).reply;
    case 'hash':
      return passwords.hash(ask.password);
    case 'move-clock':
      nowMs += ask.byMs;
      return nowMs;
    case 'stop':
      return venue.close();
  }
}

const tell = (told: Told): void => {
  assert(process.send !== undefined, 'somebody operates this venue');
  process.send(told);
};
process.on('message', (ask: Ask) => {
  void answer(ask).then((value) => {
    tell({ kind: 'answer', id: ask.id, value });
    if (ask.kind === 'stop') process.disconnect();
  });
});
tell({ kind: 'started', url: venue.url, agent: venue.demoAgent });
