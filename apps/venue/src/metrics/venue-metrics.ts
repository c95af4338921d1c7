import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AppendedBlock } from './measured-log.ts';
import type { CommitOutcome } from './measured-node.ts';

/** From 100 microseconds to 10 seconds. */
const LATENCY_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const BLOCK_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

/** What can be asked at any time. */
export interface VenueGauges {
  readonly queuedCommands: () => number;
  readonly sockets: () => number;
  /** Commands that are durable and not yet in the history. */
  readonly historyLagCommands: () => number;
  readonly sequence: () => number;
}

/** A reply of the gateway. */
interface Answered {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly code: number;
  readonly durationMs: number;
}

/** The venue's measurements in the Prometheus format. Labels have few values: routes by their pattern, never ids of anyone. */
export class VenueMetrics {
  readonly #registry = new Registry();
  readonly #calls = this.#histogram('openvenue_call_seconds', 'From request to reply, by route', ['method', 'route']);
  readonly #replies = new Counter({
    name: 'openvenue_replies_total',
    help: 'Replies by route, HTTP status and code of the envelope (-1 without one)',
    labelNames: ['method', 'route', 'status', 'code'],
    registers: [this.#registry],
  });
  readonly #commits = this.#histogram('openvenue_commit_seconds', 'From submitting a command to its reply', [
    'outcome',
  ]);
  readonly #appends = this.#histogram('openvenue_log_append_seconds', 'Time to make a block durable', []);
  readonly #blockCommands = new Histogram({
    name: 'openvenue_block_commands',
    help: 'Commands in a durable block',
    buckets: BLOCK_BUCKETS,
    registers: [this.#registry],
  });
  readonly #blockBytes = new Counter({
    name: 'openvenue_log_bytes_total',
    help: 'Bytes of payload that became durable',
    registers: [this.#registry],
  });

  constructor(gauges: VenueGauges) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge('openvenue_queued_commands', 'Commands that wait for a block', gauges.queuedCommands);
    this.#gauge('openvenue_sockets', 'Open WebSocket connections', gauges.sockets);
    this.#gauge('openvenue_history_lag_commands', 'Durable commands not yet in the history', gauges.historyLagCommands);
    this.#gauge('openvenue_sequence', 'Sequence of the last applied command', gauges.sequence);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  answered({ route, method, status, code, durationMs }: Answered): void {
    this.#calls.observe({ method, route }, durationMs / 1_000);
    this.#replies.inc({ method, route, status, code });
  }

  submitted(seconds: number, outcome: CommitOutcome): void {
    this.#commits.observe({ outcome }, seconds);
  }

  appended({ commands, bytes, seconds }: AppendedBlock): void {
    this.#appends.observe(seconds);
    this.#blockCommands.observe(commands);
    this.#blockBytes.inc(bytes);
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets: LATENCY_BUCKETS, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value());
      },
    });
  }
}
