import type { Cluster } from './cluster.js';

const PATH = '/api/load/entry';
/** Records that are not only written: their writer reads them back at once. */
const WRITERS = 12;
const READERS = 4;
/** Between changes of the model, in milliseconds. */
const BETWEEN_CHANGES = 250;

/** What came of the requests. */
export interface Tally {
  /** Keys of records that were answered 201. */
  readonly acknowledged: Set<string>;
  /** When requests that were answered 201 began and ended, by `performance.now()`. */
  readonly successes: { readonly began: number; readonly ended: number }[];
  /** Answers by their status; 0 where there was none. */
  readonly statuses: Map<string, number>;
  /** What should not have been. */
  readonly faults: string[];
  /** Names of fields that were answered 201. */
  readonly fields: Set<string>;
  readBack: number;
  longest: number;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const isUsual = (status: number, headers: Headers): boolean =>
  status < 500 || (status === 503 && Number(headers.get('retry-after')) > 0);

/** Writes, reads and changes of the model until it is stopped. */
export class Load {
  readonly tally: Tally = {
    acknowledged: new Set(),
    successes: [],
    statuses: new Map(),
    faults: [],
    fields: new Set(),
    readBack: 0,
    longest: 0,
  };
  private isStopped = false;
  private count = 0;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly cluster: Cluster,
    private readonly key: string,
    private readonly name: string,
  ) {}

  start(): void {
    const repeat = async (work: () => Promise<void>) => {
      while (!this.isStopped) await work();
    };
    this.running = Promise.all([
      ...Array.from({ length: WRITERS }, () => repeat(() => this.write())),
      ...Array.from({ length: READERS }, () => repeat(() => this.read())),
      repeat(() => this.change()),
    ]);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async write(): Promise<void> {
    const key = `${this.name}-${(this.count += 1)}`;
    const began = performance.now();
    const created = await this.send('POST', PATH, { key });
    if (created === undefined) return wait(20).then(() => undefined);
    if (created.status !== 201) {
      // Two changes of the model may meet one write.
      if (![409, 503].includes(created.status)) this.tally.faults.push(`POST ${created.status} ${created.text}`);
      await wait(20);
      return;
    }
    this.tally.acknowledged.add(key);
    this.tally.successes.push({ began, ended: performance.now() });
    const { id } = JSON.parse(created.text) as { id: number };
    const position = created.headers.get('x-write-position') ?? '';
    const read = await this.send('GET', `${PATH}/${id}`, undefined, { 'x-write-position': position });
    if (read === undefined || read.status === 503) return;
    this.tally.readBack += 1;
    if (read.status !== 200 || !read.text.includes(`"${key}"`)) {
      this.tally.faults.push(`own write ${key} (${position}) not read: ${read.status} ${read.text}`);
    }
  }

  private async read(): Promise<void> {
    const answer = await this.send('GET', `${PATH}?limit=20&sortBy=id:DESC`);
    if (answer?.status !== 200) await wait(20);
  }

  private async change(): Promise<void> {
    const name = `f_${this.name}_${(this.count += 1)}`;
    const answer = await this.send('POST', '/api/meta/models/load.Entry/fields', { name, type: 'integer' });
    if (answer?.status === 201) this.tally.fields.add(name);
    await wait(BETWEEN_CHANGES);
  }

  private async send(method: string, path: string, body?: object, more: Record<string, string> = {}) {
    const start = performance.now();
    try {
      const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...more };
      const response = await fetch(this.cluster.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      this.note(`${response.status}`, start);
      if (!isUsual(response.status, response.headers))
        this.tally.faults.push(`${method} ${path}: ${response.status} ${text}`);
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      this.note('none', start);
      this.tally.faults.push(`${method} ${path}: no answer (${String(error)})`);
      return undefined;
    }
  }

  private note(status: string, start: number): void {
    this.tally.statuses.set(status, (this.tally.statuses.get(status) ?? 0) + 1);
    this.tally.longest = Math.max(this.tally.longest, performance.now() - start);
  }
}
