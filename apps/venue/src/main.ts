import './require-node.js';
import { pino } from 'pino';
import { banner } from './banner.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { startVenue } from './venue.ts';

/** Time for a clean stop; what is durable then stays durable. */
const STOP_MS = 15_000;

try {
  const configuration = readConfiguration(process.env);
  const log = pino({ level: configuration.logLevel });
  for (const doubt of configuration.doubts) log.warn(doubt);
  const venue = await startVenue({
    configuration,
    log,
    onFailed: (error) => {
      // A log that failed to sync is never asked again: the next process recovers what is durable.
      log.fatal({ err: error }, 'the node has failed');
      process.exit(1);
    },
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    venue.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  process.stdout.write(`\n${banner(venue, configuration)}\n\n`);
} catch (error) {
  process.stderr.write(
    `OpenVenue did not start: ${error instanceof ConfigurationError ? error.message : describe(error)}\n`,
  );
  process.exit(1);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [
    'DataFolderError',
    'LogDamageError',
    'LogLockedError',
    'LogFormatError',
    'LogBehindError',
    'OtherRulesError',
  ].includes(error.name) || 'code' in error
    ? error.message
    : (error.stack ?? error.message);
}
