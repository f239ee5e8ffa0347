const PATTERN = /^(\d{1,10})-([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;
const HALF = 32n;
const LOW = 0xffff_ffffn;
/** Pages of the log begin with as many bytes that belong to no record. */
const PAGE_SIZE = 8192n;
const PAGE_HEADER = 24n;

/** PostgreSQL's own text, as `16/B374D848`. @throws SyntaxError for another one */
const parseLsn = (text: string): bigint => {
  const [high = '', low = ''] = text.split('/');
  return (BigInt(`0x${high}`) << HALF) | BigInt(`0x${low}`);
};

/**
 * A place in PostgreSQL's log: whoever has replayed it sees every write before it. Timelines tell logs apart that went on
 * separately after a replica was promoted.
 */
export class WritePosition {
  /** Behind everything: no replica ever gets there. */
  static readonly BEYOND = new WritePosition(4_294_967_295, (1n << 64n) - 1n);

  private constructor(
    readonly timeline: number,
    private readonly lsn: bigint,
  ) {}

  /** @param lsn as PostgreSQL prints it */
  static at(timeline: number, lsn: string): WritePosition {
    return new WritePosition(timeline, parseLsn(lsn));
  }

  /** @param insertLsn where the next record will be written; the last one ended before the header of a new page */
  static ofNext(timeline: number, insertLsn: string): WritePosition {
    const lsn = parseLsn(insertLsn);
    return new WritePosition(timeline, lsn % PAGE_SIZE === PAGE_HEADER ? lsn - PAGE_HEADER : lsn);
  }

  /** Undefined when `text` is none. */
  static parse(text: string): WritePosition | undefined {
    const [, timeline, high, low] = PATTERN.exec(text) ?? [];
    return timeline === undefined ? undefined : WritePosition.at(Number(timeline), `${high}/${low}`);
  }

  /** Whether whoever has replayed this place has replayed that one, too. */
  covers({ timeline, lsn }: WritePosition): boolean {
    return this.timeline >= timeline && this.lsn >= lsn;
  }

  /** As in `X-Write-Position`. */
  toString(): string {
    const part = (half: bigint) => half.toString(16).toUpperCase();
    return `${this.timeline}-${part(this.lsn >> HALF)}/${part(this.lsn & LOW)}`;
  }
}
