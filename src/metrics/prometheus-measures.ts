import { Counter, Histogram, type Registry } from 'prom-client';
import {
  CHANGE_OUTCOMES,
  type ChangeOutcome,
  type Measures,
  RECORD_OPERATIONS,
  type RecordOperation,
} from '../dynamo.measures.js';

/** Up to half a minute: altering a table may take long. */
const CHANGE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** An announced change takes milliseconds, one that is only looked for seconds. */
const LAG_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Keeps what services tell for Prometheus. */
export class PrometheusMeasures implements Measures {
  readonly isOn = true;
  private readonly changes: Histogram<'outcome'>;
  private readonly lag: Histogram;
  private readonly records: Counter<'action'>;
  private readonly timeouts: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.changes = new Histogram({
      name: 'dynamo_schema_change_duration_seconds',
      help: 'Changes of models by outcome (applied, refused, busy, failed), from the first of the six steps to the last.',
      labelNames: ['outcome'],
      buckets: CHANGE_BUCKETS,
      registers,
    });
    this.lag = new Histogram({
      name: 'dynamo_schema_adoption_lag_seconds',
      help: 'How long after it was written a change of another node was known here.',
      buckets: LAG_BUCKETS,
      registers,
    });
    this.records = new Counter({
      name: 'dynamo_record_operations_total',
      help: 'What was done with records, by action. One that concerns many records counts once.',
      labelNames: ['action'],
      registers,
    });
    this.timeouts = new Counter({
      name: 'dynamo_record_read_timeouts_total',
      help: 'Requests for records that were ended because they took longer than the read timeout.',
      registers,
    });
    // What has not happened yet is 0 and not missing, so that its first time counts.
    for (const outcome of CHANGE_OUTCOMES) this.changes.zero({ outcome });
    for (const action of RECORD_OPERATIONS) this.records.inc({ action }, 0);
  }

  changeEnded(outcome: ChangeOutcome, seconds: number): void {
    this.changes.observe({ outcome }, seconds);
  }

  changeAdopted(seconds: number): void {
    this.lag.observe(seconds);
  }

  recordsDone(action: RecordOperation): void {
    this.records.inc({ action });
  }

  readTimedOut(): void {
    this.timeouts.inc();
  }
}
