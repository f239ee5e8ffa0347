import type { Probe } from './probe.js';
import { WritePosition } from './write-position.js';

/** How far the primary was at a moment. */
export interface Mark {
  /** `performance.now()` before the primary was asked: everything committed until then is before the position. */
  readonly at: number;
  readonly position: WritePosition;
}

/** Marks that are kept are at least so far apart, in milliseconds. */
const SPACING = 50;

// A commit is on the disk before it is answered, unless somebody has said otherwise. What is behind it may stay in memory,
// and away from replicas, for a quarter of a minute.
const POSITION = `SELECT lsn::text AS lsn, pg_walfile_name(lsn) AS file FROM (
  SELECT CASE current_setting('synchronous_commit')
    WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END AS lsn
) log`;

/** How far the primary was when. So it is known how late a replica is, whatever the clocks of the servers say. */
export class PrimaryMarks {
  /** Oldest first. */
  private kept: readonly Mark[] = [];
  private running: Promise<Mark> | undefined;
  private next: Promise<Mark> | undefined;

  constructor(
    private readonly primary: Probe,
    /** For how long marks are kept, in milliseconds. */
    private readonly memory: number,
  ) {}

  /** Asks the primary; those who come while it is being asked share the next answer. */
  async take(): Promise<Mark> {
    if (this.running === undefined) return this.begin();
    this.next ??= this.running.catch(() => undefined).then(() => this.begin());
    return this.next;
  }

  /** When the primary was the last time where `position` is: what has replayed it is as the primary was then. */
  lastWithin(position: WritePosition): number {
    const newest = this.kept.at(-1);
    // A replica of a timeline that the primary has left may have what the primary has not.
    if (newest === undefined || newest.position.timeline !== position.timeline) return -Infinity;
    return this.kept.findLast((mark) => position.covers(mark.position))?.at ?? -Infinity;
  }

  /** Whether `position` was passed by the primary before `moment`, and is known to have been. */
  isBehind(position: WritePosition, moment: number): boolean {
    const [oldest] = this.kept;
    return oldest !== undefined && oldest.at < moment && this.lastWithin(position) < moment;
  }

  private async begin(): Promise<Mark> {
    this.next = undefined;
    this.running = this.ask().finally(() => (this.running = undefined));
    return this.running;
  }

  private async ask(): Promise<Mark> {
    const at = performance.now();
    const { lsn, file } = await this.primary.ask<{ lsn: string; file: string }>(POSITION);
    const mark = { at, position: WritePosition.ofNext(Number.parseInt(file.slice(0, 8), 16), lsn) };
    this.keep(mark);
    return mark;
  }

  private keep(mark: Mark): void {
    const last = this.kept.at(-1);
    if (last?.position.timeline === mark.position.timeline && mark.at < last.at + SPACING) return;
    this.kept = [...this.kept.filter(({ at }) => at > mark.at - this.memory), mark];
  }
}
