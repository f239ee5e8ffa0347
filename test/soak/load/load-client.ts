import type { Random } from '../../fuzz/random.js';
import type { RecordBody } from '../../support/http.js';
import { type Asked, ask, isDone, type Reply } from '../kit/ask.js';
import type { Cluster } from '../kit/cluster.js';
import { RECORDS } from './changes.js';
import { isOf, type Ledger, valueOf } from './ledger.js';

/** What is remembered of a record: by the number of the field, the value that was acknowledged last. */
export type Written = Map<number, string>;

/** Counts all writes, so that no value comes twice. */
let writes = 0;

/** Whether values that have been acknowledged are there, and every value is in a column of its own field. @returns complaints */
export const compareRecord = (ledger: Ledger, record: RecordBody, written: Written): readonly string[] => {
  const complaints: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    const field = ledger.ownerOf(name);
    if (field === undefined) continue;
    if (!isOf(field, value)) complaints.push(`${record.id}.${name} (field ${field.number}) has ${String(value)}`);
    const expected = written.get(field.number);
    if (expected !== undefined && String(value) !== expected) {
      complaints.push(`${record.id}.${name} (field ${field.number}) has ${String(value)}, not ${expected}`);
    }
  }
  return complaints;
};

/** Somebody who reads and writes records of their own, one request after the other, on whichever node. */
export class LoadClient {
  readonly records = new Map<number, Written>();
  readonly complaints: string[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly ledger: Ledger,
    private readonly random: Random,
    private readonly heard: (asked: Asked, reply: Reply) => void,
  ) {}

  async act(): Promise<void> {
    const ids = [...this.records.keys()];
    const chance = this.random.next();
    if (ids.length === 0 || chance < 0.35) return this.create();
    const id = this.random.pick(ids);
    if (chance < 0.65) return this.change(id);
    if (chance < 0.9) return this.read(id);
    await this.send({ method: 'GET', path: `${RECORDS}?limit=5&sortBy=id:DESC&count=none` });
  }

  private async create(): Promise<void> {
    const { body, written } = this.someValues(0.7);
    const reply = await this.send({ method: 'POST', path: RECORDS, body });
    if (isDone(reply)) this.records.set((reply.body as RecordBody).id, written);
  }

  private async change(id: number): Promise<void> {
    const { body, written } = this.someValues(0.3);
    const reply = await this.send({ method: 'PATCH', path: `${RECORDS}/${id}`, body });
    if (!isDone(reply)) return;
    this.records.set(id, new Map([...(this.records.get(id) ?? []), ...written]));
    this.compare(id, reply);
  }

  private async read(id: number): Promise<void> {
    const reply = await this.send({ method: 'GET', path: `${RECORDS}/${id}` });
    if (isDone(reply)) this.compare(id, reply);
    else if (reply.status === 404) this.complaints.push(`record ${id} is not found`);
  }

  private compare(id: number, { body }: Reply): void {
    this.complaints.push(...compareRecord(this.ledger, body as RecordBody, this.records.get(id) ?? new Map()));
  }

  private someValues(share: number): { readonly body: object; readonly written: Written } {
    const body: Record<string, string | number> = {};
    const written: Written = new Map();
    for (const field of this.ledger.fields) {
      if (!field.isRequired && !this.random.chance(share)) continue;
      writes += 1;
      const value = valueOf(field, writes);
      body[field.name] = value;
      written.set(field.number, String(value));
    }
    return { body, written };
  }

  private async send(asked: Asked): Promise<Reply> {
    const reply = await ask(this.random.pick(this.cluster.nodes), asked);
    this.heard(asked, reply);
    return reply;
  }
}
