import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import { DEMO_AGENT_CODE } from './demo-agent.ts';
import { PartnerProcess } from './partner-process.ts';

/** The example that shows a partner's side; it is run, never imported. */
const SCRIPT = fileURLToPath(new URL('../../../examples/partner/src/main.ts', import.meta.url));

/** Who can sign in at the partner's. */
export const DEMO_CUSTOMER = { username: 'carol', password: 'carol-demo' } as const;

/** Makes the partner of a demo venue; undefined where none is wanted. */
export function demoPartner(options: {
  readonly configuration: Configuration;
  /** Where back ends and browsers reach the venue. */
  readonly venueUrl: string;
  readonly apiSecret: string;
  readonly log: Logger;
  readonly onReady: (port: number) => Promise<void>;
}): PartnerProcess | undefined {
  const { configuration, venueUrl, apiSecret, log, onReady } = options;
  const { partnerPort, host, dataFolder } = configuration;
  if (partnerPort === undefined) return undefined;
  return new PartnerProcess({
    script: SCRIPT,
    host,
    port: partnerPort,
    environment: {
      OPENVENUE_URL: new URL(venueUrl).origin,
      OPENVENUE_AGENT_CODE: DEMO_AGENT_CODE,
      OPENVENUE_API_SECRET: apiSecret,
      PARTNER_DATA: join(dataFolder, 'partner'),
      PARTNER_DEMO: '1',
    },
    log,
    onReady,
  });
}
