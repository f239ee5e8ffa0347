import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Random } from '../random.js';
import { Dice } from './dice.js';
import { type Adapter, Arena } from './arena.js';
import { Health } from './health.js';
import { type FuzzRequest, type Heard, shownRequest, someRequest } from './requests.js';
import { Tally } from './tally.js';
import { verdict } from './verdict.js';
import { type FuzzAnswer, Wire } from './wire.js';

const CONNECTIONS = 8;
/** So many requests between two looks at the whole. */
const ROUND = 300;
/** Seeds of neighbouring requests are that far from each other. */
const STEP = 0x9e3779b1;
/** A machine that others work on, too, now and then gives no time for so long. */
const LONGEST_DELAY_MILLISECONDS = 5000;
/** More would say nothing new. */
const MOST_FAILURES = 10;
const MOST_HEARD = 30;

/** When a run ends: after so many requests or seconds, whatever comes first. */
export interface Extent {
  readonly requests: number;
  readonly seconds: number;
}

export interface HttpFuzzOutcome {
  readonly summary: string;
  /** Empty when all is well. */
  readonly failures: readonly string[];
}

/** One run against one application. */
class Run {
  private readonly tally = new Tally();
  private readonly failures = new Map<string, string>();
  private readonly heard: Heard & { readonly cursors: string[]; readonly hashes: string[] } = {
    cursors: [],
    hashes: [],
  };
  private readonly delay = monitorEventLoopDelay({ resolution: 10 });
  /** What has changed a definition since the last look. */
  private changes: string[] = [];
  private number = 0;

  constructor(
    private readonly arena: Arena,
    private readonly seed: number,
    private readonly wire: Wire,
    private readonly health: Health,
  ) {}

  async run({ requests, seconds }: Extent): Promise<HttpFuzzOutcome> {
    const end = performance.now() + seconds * 1000;
    const isOver = () => this.number >= requests || performance.now() >= end || this.failures.size >= MOST_FAILURES;
    this.delay.enable();
    while (!isOver()) {
      const last = Math.min(this.number + ROUND, requests);
      const line = async () => {
        while (this.number < last && !isOver()) await this.one((this.number += 1));
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, line));
      await this.look();
    }
    this.delay.disable();
    return { summary: `${this.number} requests: ${this.tally}`, failures: [...this.failures.values()] };
  }

  private async one(number: number): Promise<void> {
    const state = (this.seed + Math.imul(number, STEP)) | 0;
    const random = new Dice(state, new Random(~state).chance(0.4));
    const request = someRequest(this.arena.routes, random, this.heard);
    try {
      const answer = await this.wire.send(request);
      this.tally.count(request, answer);
      this.listen(request, answer, number);
      const wrong = verdict(request, answer);
      if (wrong !== undefined) this.fail(wrong, number, request, `${answer.status} ${answer.text.slice(0, 2000)}`);
    } catch (error) {
      this.fail('There is no answer.', number, request, String(error));
    }
  }

  private listen(request: FuzzRequest, { status, text }: FuzzAnswer, number: number): void {
    const remember = (list: string[], found: string | undefined) => {
      if (found === undefined) return;
      list.push(found);
      if (list.length > MOST_HEARD) list.shift();
    };
    remember(this.heard.cursors, /"(?:next|previous)Cursor":"([\w-]+)"/.exec(text)?.[1]);
    remember(this.heard.hashes, /"hash":"(\w+)"/.exec(text)?.[1]);
    const isChange = status < 300 && request.path.includes('/meta/') && !['GET', 'HEAD'].includes(request.method);
    if (isChange && !request.path.includes('/plan'))
      this.changes.push(`#${number} ${shownRequest(request)}\n    → ${status}`);
  }

  private fail(wrong: string, number: number, request: FuzzRequest, answer: string): void {
    const kind = `${wrong} ${request.method} ${request.path.replace(/\?.*/s, '').replace(/[^/]*\d[^/]*$/, ':id')}`;
    if (this.failures.has(kind)) return;
    const title = `${wrong} FUZZ_SEED=${this.seed} #${number}`;
    const log = answer.startsWith('5') ? this.arena.log.slice(-1) : [];
    this.failures.set(kind, [title, shownRequest(request), `→ ${answer}`, ...log].join('\n'));
  }

  /** Looks at the whole, and begins anew. */
  private async look(): Promise<void> {
    const wrong = await this.health.check(this.arena);
    if (wrong !== undefined) {
      const before = this.changes.slice(-60).join('\n');
      this.failures.set(wrong, `${wrong}\nFUZZ_SEED=${this.seed}, before #${this.number}, after\n${before}`);
    }
    this.changes = [];
    const longest = this.delay.max / 1e6;
    this.tally.delayed(longest);
    if (longest > LONGEST_DELAY_MILLISECONDS)
      this.failures.set(
        'delay',
        `Everybody waited for ${Math.round(longest)} ms. FUZZ_SEED=${this.seed}, before #${this.number}`,
      );
    await this.arena.refill();
    if (new Random(this.seed + this.number).chance(0.5)) await this.arena.tidy();
    this.delay.reset();
  }
}

/** Sends random requests to an application of its own, and judges every answer. */
export const fuzzHttp = async (
  seed: number,
  extent: Extent,
  adapter: Adapter = 'fastify',
): Promise<HttpFuzzOutcome> => {
  const arena = await Arena.open(adapter);
  const wire = new Wire(arena.server.url, CONNECTIONS);
  try {
    return await new Run(arena, seed, wire, await Health.of(arena)).run(extent);
  } finally {
    wire.close();
    await arena.close();
  }
};
