import { pino } from 'pino';
import { PartnerProcess } from '../partner-process.ts';

/** Owns a partner and says where it is, to be killed without a chance to clean up. */
const partner = new PartnerProcess({
  script: process.argv[2] ?? '',
  host: '127.0.0.1',
  port: 0,
  environment: {},
  log: pino({ level: 'silent' }),
  onReady: async () => undefined,
});
process.stdout.write(`${JSON.stringify(await partner.start())}\n`);
