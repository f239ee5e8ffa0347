import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../fuzz/random.js';
import { ask, isDone, type Reply } from '../kit/ask.js';
import type { Cluster } from '../kit/cluster.js';
import type { Tally } from '../kit/figures.js';

/** After an answer that says to come again later, in milliseconds. */
const MOMENT = 20;

/** Whether a field must be there: `unknown` when nobody was told. */
type Presence = 'there' | 'gone' | 'unknown';

interface Known {
  id: string | null;
  presence: Presence;
}

/** Adds, renames and deletes fields of a model of their own, and remembers what was answered. */
export class Editor {
  private readonly fields = new Map<string, Known>();
  private count = 0;
  readonly faults: string[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly model: string,
    private readonly random: Random,
    private readonly answers: Tally,
  ) {}

  async edit(): Promise<void> {
    const certain = [...this.fields].filter(([, { id, presence }]) => presence === 'there' && id !== null);
    const [name, field] = certain.length < 3 ? [] : this.random.pick(certain);
    if (name === undefined || field === undefined || this.random.chance(0.4)) return this.add();
    await (this.random.chance(0.5) ? this.remove(name, field) : this.rename(name, field));
  }

  /** @returns complaints */
  compare(names: readonly string[]): readonly string[] {
    return [...this.fields].flatMap(([name, { presence }]) => {
      if (presence === 'unknown' || names.includes(name) === (presence === 'there')) return [];
      return [`${this.model}.${name} is ${presence === 'there' ? 'not there' : 'there'}, against what was answered`];
    });
  }

  private async add(): Promise<void> {
    const name = this.newName();
    const type = this.random.pick(['char', 'integer', 'text']);
    const unique = this.random.chance(0.3);
    const reply = await this.send('POST', `/api/meta/models/${this.model}/fields`, { name, type, unique });
    const isAdded = isDone(reply);
    this.fields.set(name, {
      id: isAdded ? String(Object(reply.body).id) : null,
      presence: this.presence(reply, 'there', 'gone'),
    });
  }

  private async remove(name: string, field: Known): Promise<void> {
    const reply = await this.send('DELETE', `/api/meta/fields/${field.id}`);
    this.fields.set(name, { ...field, presence: this.presence(reply, 'gone', 'there') });
  }

  private async rename(name: string, field: Known): Promise<void> {
    const next = this.newName();
    const reply = await this.send('PATCH', `/api/meta/fields/${field.id}`, { name: next });
    this.fields.set(name, { ...field, presence: this.presence(reply, 'gone', 'there') });
    this.fields.set(next, { ...field, presence: this.presence(reply, 'there', 'gone') });
  }

  private newName(): string {
    this.count += 1;
    return `field_${this.count}`;
  }

  private presence(reply: Reply, done: Presence, notDone: Presence): Presence {
    if (isDone(reply)) return done;
    return reply.code === 'change_outcome_unknown' ? 'unknown' : notDone;
  }

  private async send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Reply> {
    const reply = await ask(this.random.pick(this.cluster.nodes), { method, path, body });
    this.answers.add(`change ${reply.status} ${reply.code}`.trim());
    if (reply.status === 503) await delay(MOMENT);
    if (!isDone(reply) && ![409, 503].includes(reply.status)) {
      this.faults.push(`${method} ${path} is answered ${reply.status} ${reply.text}`);
    }
    return reply;
  }
}
