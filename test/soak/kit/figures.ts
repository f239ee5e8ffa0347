/** Durations in milliseconds, and where they lie. */
export class Figures {
  private readonly values: number[] = [];

  add(value: number): void {
    this.values.push(value);
  }

  get count(): number {
    return this.values.length;
  }

  /** The value that this share of all do not exceed. */
  quantile(share: number): number {
    const sorted = this.values.toSorted((left, right) => left - right);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  }

  get max(): number {
    return this.quantile(1);
  }

  toString(): string {
    const [middle, late, last] = [0.5, 0.99, 1].map((share) => this.quantile(share).toFixed(0));
    return `p50 ${middle} ms, p99 ${late} ms, max ${last} ms (${this.count})`;
  }
}

/** Counts by what they are of. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(key: string | number): void {
    this.counts.set(String(key), (this.counts.get(String(key)) ?? 0) + 1);
  }

  keys(): readonly string[] {
    return [...this.counts.keys()];
  }

  of(key: string | number): number {
    return this.counts.get(String(key)) ?? 0;
  }

  toString(): string {
    return [...this.counts].map(([key, count]) => `${key} ${count}`).join(', ');
  }
}
