import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../fuzz/random.js';
import { createRecords, defineModel, fieldOf } from '../../fixtures/arrange.js';
import type { FieldBody, ModelBody, PageBody, RecordBody } from '../../support/http.js';
import { type Asked, ask, isDone, isRefused, type Reply } from '../kit/ask.js';
import type { Cluster } from '../kit/cluster.js';
import type { ClusterNode } from '../kit/cluster-node.js';
import type { Tally } from '../kit/figures.js';

/** A write that was sent to the paused node, and what became of it. */
interface Sent {
  readonly mark: string;
  readonly reply: Promise<Reply>;
}

interface SendOptions {
  readonly size?: string | number;
  readonly since?: number;
  /** Whether it makes a record of its own. Default: or changes one, by chance. */
  readonly isNew?: boolean;
}

interface SentTwice extends Sent {
  readonly second: Promise<Sent | undefined>;
}

const SENT_AT_ONCE = 12;
const LONGEST_MOMENT = 4;
/** How long a node sleeps beyond what the changes take, in milliseconds. */
const SLEEP = 400;

/** A body whose texts say which fields they are for; `mark` says which write it is. */
const bodyFor = (fields: readonly FieldBody[], names: readonly string[], mark: string, size?: string | number) => ({
  ...Object.fromEntries(names.map((name) => [name, `${fields.find((field) => field.name === name)?.id}:${mark}`])),
  ...(size !== undefined && { size }),
});

/** What the other nodes do to the model while one sleeps. @throws Error when one of them is refused */
const changeAll = async (node: ClusterNode, model: ModelBody): Promise<number> => {
  const path = (name: string) => `/api/meta/fields/${fieldOf(model, name).id}`;
  const [left, right] = [fieldOf(model, 'left'), fieldOf(model, 'right')];
  const swapped = model.fields.map((field) => {
    if (field.id === left.id) return { ...field, name: 'right' };
    if (field.id === right.id) return { ...field, name: 'left' };
    return field.name === 'note' ? { ...field, name: 'remark' } : field;
  });
  const wanted: readonly Asked[] = [
    { method: 'PATCH', path: path('note'), body: { name: 'remark' } },
    { method: 'PATCH', path: `/api/meta/models/${model.id}`, body: { fields: swapped } },
    { method: 'DELETE', path: path('gone') },
    { method: 'PATCH', path: path('size'), body: { type: 'integer' } },
  ];
  let version = 0;
  for (const asked of wanted) {
    const reply = await ask(node, asked);
    if (!isDone(reply)) throw new Error(`${JSON.stringify(asked)} is refused: ${reply.status} ${reply.text}`);
    version = reply.version;
  }
  return version;
};

/** Each text is in the field that it names. @returns complaints */
const judge = (model: ModelBody, records: readonly RecordBody[]): readonly string[] =>
  records.flatMap((record) =>
    model.fields.flatMap(({ id, name }) => {
      const value = record[name] ?? null;
      const isRight = name === 'size' ? Number.isInteger(value ?? 0) : value === null || String(value).startsWith(id);
      return isRight ? [] : [`record ${record.id}: "${name}" is ${id} and has ${String(value)}`];
    }),
  );

/** One node sleeps while the others change a model; it is asked before, meanwhile and at the moment it wakes up. */
export class PausedRound {
  private readonly path: string;
  private marks = 0;
  readonly faults: string[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly app: string,
    private readonly random: Random,
    /** How often a write had to be sent until it was taken. */
    private readonly tries: Tally,
  ) {
    this.path = `/api/${app}/item`;
  }

  async run(): Promise<void> {
    const [awake, sleeper] = [this.cluster.node(0), this.cluster.node(1)];
    const before = await this.arrange(awake, sleeper);
    const early = Array.from({ length: SENT_AT_ONCE }, (_, number) => {
      const isShort = number % 3 === 0;
      const names = isShort ? ['left', 'right'] : ['left', 'right', 'note', 'gone'];
      return this.send(sleeper, before, names, { size: isShort ? undefined : '7', isNew: isShort });
    });
    await delay(this.random.next() * LONGEST_MOMENT);
    sleeper.pause();
    const version = await changeAll(awake, before);
    const after = (await awake.http.get<ModelBody>(`/api/meta/models/${before.id}`)).body;
    await delay(SLEEP);
    const late = this.askTwice(sleeper, after);
    const demanding = this.askAnew(sleeper, after, version);
    sleeper.resume();
    late.push(...this.askTwice(sleeper, after));
    demanding.push(...this.askAnew(sleeper, after, version));
    const reads = Array.from({ length: SENT_AT_ONCE }, () => ask(sleeper, { method: 'GET', path: `${this.path}/1` }));

    for (const reply of await Promise.all(reads)) {
      this.require(reply);
      if (isDone(reply)) this.faults.push(...judge(after, [reply.body as RecordBody]));
    }
    for (const { reply } of demanding) {
      const { status, code } = await reply;
      if (status >= 300) this.faults.push(`a write at a version is answered ${status} ${code}`);
    }
    await this.compare(after, [...early, ...late, ...demanding, ...(await this.secondTries(late))]);
  }

  private async arrange(awake: ClusterNode, sleeper: ClusterNode): Promise<ModelBody> {
    const fields = ['left', 'right', 'note', 'gone', 'size'].map((name) => ({ name, type: 'char' }));
    const model = await defineModel(awake.http, { app: this.app, name: 'Item', fields });
    const names = ['left', 'right', 'note', 'gone'];
    const records = Array.from({ length: 4 }, () => bodyFor(model.fields, names, this.newMark(), '1'));
    await createRecords(awake.http, this.path, records);
    // Its statements are prepared now, for the model as it is.
    const reads = Array.from({ length: SENT_AT_ONCE }, () => sleeper.http.get(`${this.path}/1`));
    await Promise.all(reads);
    return model;
  }

  private newMark(): string {
    this.marks += 1;
    return `mark${this.marks}.`;
  }

  private send(
    node: ClusterNode,
    model: ModelBody,
    names: readonly string[],
    { size, since, isNew = this.random.chance(0.5) }: SendOptions,
  ): Sent {
    const mark = this.newMark();
    const body = bodyFor(model.fields, names, mark, size);
    const id = 1 + this.random.int(4);
    const where = isNew
      ? ({ method: 'POST', path: this.path } as const)
      : ({ method: 'PATCH', path: `${this.path}/${id}` } as const);
    return { mark, reply: ask(node, { ...where, body, ...(since !== undefined && { since }) }) };
  }

  /** Writes as somebody sends them who knows the model as it is now. */
  private askAnew(node: ClusterNode, model: ModelBody, since?: number): Sent[] {
    return Array.from({ length: SENT_AT_ONCE }, () => this.sendAnew(node, model, since));
  }

  private sendAnew(node: ClusterNode, model: ModelBody, since?: number): Sent {
    return this.send(node, model, ['left', 'right', 'remark'], { size: 1 + this.random.int(9), since });
  }

  /** The same, and what a node refuses that has not caught up yet is sent once more, at once. */
  private askTwice(node: ClusterNode, model: ModelBody): SentTwice[] {
    return this.askAnew(node, model).map((first) => ({
      ...first,
      second: first.reply.then((reply) => (isDone(reply) ? undefined : this.sendAnew(node, model))),
    }));
  }

  private async secondTries(sent: readonly SentTwice[]): Promise<readonly Sent[]> {
    const seconds: Sent[] = [];
    for (const { second } of sent) {
      const again = await second;
      if (again !== undefined) seconds.push(again);
      const reply = await again?.reply;
      if (reply === undefined) this.tries.add('done at once');
      else this.tries.add(isDone(reply) ? 'done at the second try' : 'refused twice');
      if (reply !== undefined && !isDone(reply)) this.faults.push(`a second try: ${reply.status} ${reply.code}`);
    }
    return seconds;
  }

  private require(reply: Reply): void {
    if (!isDone(reply) && !isRefused(reply)) this.faults.push(`an answer is ${reply.status} ${reply.code}`);
  }

  /** What was refused is nowhere, what was done is where it belongs. */
  private async compare(model: ModelBody, sent: readonly Sent[]): Promise<void> {
    const { body } = await this.cluster.node(2).http.get<PageBody>(`${this.path}?limit=1000`);
    const text = JSON.stringify(body.data);
    const mixed = new Set<string>();
    for (const { mark, reply } of sent) {
      const answer = await reply;
      this.require(answer);
      if (!isDone(answer) && text.includes(mark)) this.faults.push(`${mark} was refused (${answer.code}) and is there`);
      // Names alone do not say which fields were meant: sent before the swap and done after it, both are the others.
      if (Object.keys(Object(answer.body)).includes('remark') && !judgeSwap(model, answer)) mixed.add(mark);
    }
    const records = body.data.filter((record) => ![...mixed].some((mark) => JSON.stringify(record).includes(mark)));
    this.faults.push(...judge(model, records));
  }
}

/** Whether both texts are in the fields that they name; false where both are in each other's, as names said. */
const judgeSwap = ({ fields }: ModelBody, { body }: Reply): boolean =>
  fields
    .filter(({ name }) => name === 'left' || name === 'right')
    .some(({ id, name }) => String(Object(body)[name]).startsWith(id));
