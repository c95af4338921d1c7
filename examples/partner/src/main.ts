import { ConfigurationError, readConfiguration } from './configuration.ts';
import { DEMO_USER } from './people/demo-user.ts';
import { startSite } from './site.ts';

/** Time for a clean stop, in milliseconds. What is on the disk stays there anyway. */
const STOP_MS = 10_000;

try {
  const configuration = readConfiguration(process.env);
  const site = await startSite({ configuration });
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    site.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  if (process.connected) {
    process.on('disconnect', stop);
    process.send?.({ ready: site.url });
  }
  const demo = configuration.isDemo ? `, sign in as ${DEMO_USER.username} / ${DEMO_USER.password}` : '';
  process.stdout.write(`Partner's site on ${site.url} for the venue ${configuration.venueUrl}${demo}\n`);
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  const isExpected = error instanceof ConfigurationError || (error instanceof Error && 'code' in error);
  const text = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error);
  process.stderr.write(`The partner's site ended: ${text}\n`);
  process.exit(1);
}
