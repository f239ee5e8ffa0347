import type { FuzzRequest } from './requests.js';
import type { FuzzAnswer } from './wire.js';

const shown = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([key, count]) => `${key} ${count}`)
    .join(', ');

/** Counts what was answered. */
export class Tally {
  private readonly statuses = new Map<string, number>();
  private readonly codes = new Map<string, number>();
  private readonly users = new Map<string, number>();
  private slowest = 0;
  private delay = 0;
  private readonly start = performance.now();
  private requests = 0;

  count({ user }: FuzzRequest, { status, text, milliseconds }: FuzzAnswer): void {
    const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
    this.requests += 1;
    this.slowest = Math.max(this.slowest, milliseconds);
    add(this.statuses, String(status));
    if (status < 300) add(this.users, user);
    const [, code] = status < 400 ? [] : (/"code":"(\w+)"/.exec(text.replace(/"errors":\[.*\]/s, '')) ?? []);
    if (code !== undefined) add(this.codes, code);
  }

  delayed(milliseconds: number): void {
    this.delay = Math.max(this.delay, milliseconds);
  }

  toString(): string {
    const seconds = (performance.now() - this.start) / 1000;
    return [
      `${Math.round(this.requests / seconds)} a second, slowest ${Math.round(this.slowest)} ms, longest delay ${Math.round(this.delay)} ms`,
      `  statuses ${shown(this.statuses)}`,
      `  codes    ${shown(this.codes)}`,
      `  allowed  ${shown(this.users)}`,
    ].join('\n');
  }
}
