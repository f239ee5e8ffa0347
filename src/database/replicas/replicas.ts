import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import type { ReadSource } from '../read-source.js';
import type { Mark, PrimaryMarks } from './primary-marks.js';
import { NoReplicaError, type Replica } from './replica.js';
import { WritePosition } from './write-position.js';

/** What whoever reads must see. */
export interface Freshness {
  /** Everything before each of them. */
  readonly positions?: readonly WritePosition[];
  /** Everything that this process has written. */
  readonly isOwn?: boolean;
}

/** A replica that has not told how it is for so long may be gone, in milliseconds. */
const LONGEST_SILENCE = 5000;
/** An answer to a write waits no longer to be told its position, in milliseconds. */
const LONGEST_POSITION = 500;
/** Looks that requests cause are at least so far apart, in milliseconds. */
const SPARE_INTERVAL = 50;

/** Where records are read: a replica that is known to have all that its reader must see, else the primary. */
export class Replicas {
  private readonly logger = new Logger(Replicas.name);
  /** Why each is not read from; empty for those that are. */
  private readonly reasons = new Map<Replica, string>();
  private turn = 0;
  private isTurned = false;
  private lastLook = -Infinity;
  private looking: Promise<void> | undefined;
  private lastWrite = -Infinity;

  constructor(
    private readonly primary: ReadSource,
    private readonly replicas: readonly Replica[],
    /** Undefined where there are no replicas. */
    private readonly marks: PrimaryMarks | undefined,
    /** In milliseconds. */
    readonly maxLag: number,
    /** Gives up all connections that are not the data source's. */
    readonly close: () => Promise<void> = async () => undefined,
  ) {}

  get areThere(): boolean {
    return this.marks !== undefined;
  }

  /** Connections to each, and whether records were to be read from it when it was last looked at. */
  get states(): readonly { readonly pool: Pool; readonly isReadable: boolean }[] {
    return this.replicas.map((replica) => ({ pool: replica.own, isReadable: this.reasons.get(replica) === '' }));
  }

  /** @param schemaVersion of the definitions that the statements are written for */
  sourceFor(schemaVersion: number, freshness: Freshness): ReadSource {
    if (this.marks === undefined) return this.primary;
    this.takeTurns();
    for (const position of this.replicas.keys()) {
      const replica = this.replicas[(this.turn + position) % this.replicas.length];
      if (replica !== undefined && this.isFit(replica, schemaVersion, freshness)) return replica;
    }
    if (performance.now() > this.lastLook + SPARE_INTERVAL) void this.look();
    return this.primary;
  }

  /** Something that this process has written is committed. */
  noteWrite(): void {
    if (this.marks !== undefined) this.lastWrite = performance.now();
  }

  /** Whether this process has written anything since then. @param moment of `performance.now()` */
  hasWrittenSince(moment: number): boolean {
    return this.lastWrite >= moment;
  }

  /** What everything that is committed now is before. Undefined where there are no replicas. */
  async position(): Promise<WritePosition | undefined> {
    const abort = new AbortController();
    const patience = delay(LONGEST_POSITION, undefined, { signal: abort.signal }).then(() => {
      throw new Error(`no answer within ${LONGEST_POSITION} ms`);
    });
    patience.catch(() => undefined);
    try {
      return (await Promise.race([this.marks?.take(), patience]))?.position;
    } catch (error) {
      // The write is done. Its reader is answered by the primary then.
      this.logger.warn(`The primary does not tell how far its log is: ${String(error)}`);
      return WritePosition.BEYOND;
    } finally {
      abort.abort();
    }
  }

  /** Asks the primary and the replicas how far they are. Never throws. */
  async look(): Promise<void> {
    this.looking ??= this.lookAtAll().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private isFit(replica: Replica, schemaVersion: number, { positions = [], isOwn = false }: Freshness): boolean {
    const { state } = replica;
    const now = performance.now();
    if (state === undefined || state.at < now - LONGEST_SILENCE || state.schemaVersion < schemaVersion) return false;
    if (!positions.every((position) => state.position.covers(position))) return false;
    const since = this.marks?.lastWithin(state.position) ?? -Infinity;
    return since > now - this.maxLag && (!isOwn || since > this.lastWrite);
  }

  /** All who ask in the same turn of the event loop are sent to the same replica, where they may share a statement. */
  private takeTurns(): void {
    if (this.isTurned) return;
    this.isTurned = true;
    this.turn += 1;
    setImmediate(() => (this.isTurned = false));
  }

  private async lookAtAll(): Promise<void> {
    this.lastLook = performance.now();
    const mark = await this.marks?.take().catch((): undefined => undefined);
    await Promise.all(this.replicas.map((replica) => this.lookAt(replica, mark)));
  }

  private async lookAt(replica: Replica, mark: Mark | undefined): Promise<void> {
    try {
      await replica.look();
      this.tell(replica, this.reasonAgainst(replica, mark));
    } catch (error) {
      const reason = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
      this.tell(replica, reason, error instanceof NoReplicaError);
    }
  }

  private reasonAgainst({ state }: Replica, mark: Mark | undefined): string {
    const timeline = state?.position.timeline;
    if (mark !== undefined && timeline !== mark.position.timeline) {
      return `it is on timeline ${timeline}, the primary on ${mark.position.timeline}`;
    }
    const oldest = performance.now() - this.maxLag;
    const isLate = state !== undefined && this.marks?.isBehind(state.position, oldest) === true;
    return isLate ? `it lacks what was written more than ${this.maxLag} ms ago` : '';
  }

  /** Said once for each reason. */
  private tell(replica: Replica, reason: string, isExpected = false): void {
    if (this.reasons.get(replica) === reason) return;
    this.reasons.set(replica, reason);
    if (reason === '') this.logger.log(`Records are read from the replica ${replica.name}.`);
    else this.logger[isExpected ? 'log' : 'warn'](`No records are read from ${replica.name}: ${reason}.`);
  }
}
