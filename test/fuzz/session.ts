import { isDeepStrictEqual } from 'node:util';
import type { TestDatabase } from '../support/database.js';
import type { Answer, Http, ModelBody, PageBody, RecordBody } from '../support/http.js';
import { COMMANDS, creation, ENABLED, someNewModel } from './commands.js';
import { isSame } from './definitions.js';
import type { Edit, Request } from './edits.js';
import {
  checkCatalogue,
  checkCounts,
  checkDefinitions,
  checkRows,
  Divergence,
  learnFrom,
  type Sight,
} from './invariants.js';
import { judgePlan, judgeQuestion, judgeRefusal, type ProblemBody } from './judge.js';
import { type Model, modelOf, pointersTo, type RowId, tableOf, type World } from './oracle.js';
import { UnsaidError } from './prediction.js';
import { Random } from './random.js';
import type { Step, Summary } from './summary.js';
import { someWrite, type Write } from './writes.js';

const HAS_CHECKS = ENABLED.features.includes('choices');

/** Every so many checks look at every record. */
const EVERYWHERE = 5;

/** A model, or one that points to it or that it points to. */
const isTouched = (world: World, model: Model, touched: ReadonlySet<string>): boolean =>
  touched.has(model.id) ||
  model.fields.some(({ related }) => related !== null && touched.has(related)) ||
  pointersTo(world, model.id).some((pointer) => touched.has(pointer.model.id));

const isEdited = (before: Model | undefined, after: Model): boolean =>
  before === undefined ||
  before.name !== after.name ||
  !isSame(before.fields, after.fields) ||
  before.rows.size !== after.rows.size;

/** The same edit, asked for as a list of changes. */
const applied = (edit: Edit): Edit => ({
  ...edit,
  request: { method: 'post', path: '/api/meta/apply', body: edit.change },
});

/** One run: an app of its own, whose models are edited step by step. */
export class Session {
  /** What was sent and answered, for the report of a divergence. */
  readonly trace: string[] = [];
  /** Models that were edited or written to since the last check. */
  private readonly touched = new Set<string>();
  private checks = 0;
  private sight: Sight = { ddl: 0, places: new Map(), tables: new Map() };

  constructor(
    private readonly http: Http,
    private readonly database: TestDatabase,
    public world: World,
    private readonly summary: Summary,
  ) {}

  async arrange(seed: number): Promise<void> {
    const random = new Random(seed);
    this.sight = await checkCatalogue(this.database, this.world, this.sight, HAS_CHECKS);
    for (const name of ['Song', 'Artist'])
      await this.edit(creation(this.world, someNewModel(this.world, random, ENABLED, name)));
    for (let count = 0; count < 6; count += 1) await this.write(someWrite(this.world, random));
    await this.check();
  }

  /** @returns whether there was something to edit */
  async step({ command, writes, seed }: Step): Promise<boolean> {
    const random = new Random(seed);
    for (let count = 0; count < writes; count += 1) await this.write(someWrite(this.world, random));
    const edit = this.make(command, random);
    if (edit === null) return false;
    const planned = random.chance(0.4) ? await this.plan(edit) : null;
    const isAccepted = await this.edit(random.chance(0.2) ? applied(edit) : edit, planned);
    await this.check(edit.isQuiet === true || !isAccepted);
    this.summary.edited(edit.command, isAccepted);
    return true;
  }

  /** Deletes every model and looks whether anything is left. */
  async finish(): Promise<void> {
    const models = [...this.world.models.values()];
    // Without rows nothing keeps a field of a group that is unique together.
    const tables = models.map((model) => `"${this.sight.tables.get(tableOf(this.world, model))}"`);
    if (tables.length > 0) await this.database.query(`TRUNCATE ${tables.join(', ')} CASCADE`);
    for (const model of models) {
      for (const field of model.fields.filter(({ related }) => related !== null)) {
        await this.send({ method: 'delete', path: `/api/meta/fields/${field.id}` });
      }
    }
    for (const { id } of models) await this.send({ method: 'delete', path: `/api/meta/models/${id}` });
    this.world = { ...this.world, models: new Map() };
    await checkCatalogue(this.database, this.world, this.sight, HAS_CHECKS);
  }

  private make(command: string, random: Random): Edit | null {
    try {
      return COMMANDS[command]?.(this.world, random, ENABLED) ?? null;
    } catch (error) {
      if (error instanceof UnsaidError) return null;
      throw error;
    }
  }

  /** The next check looks at every record. */
  touch(): void {
    for (const id of this.world.models.keys()) this.touched.add(id);
  }

  /** Counts are cheap and looked at everywhere; values where something was done, and everywhere now and then. */
  async check(isQuiet = false): Promise<void> {
    this.checks += 1;
    const before = this.sight.ddl;
    this.sight = await checkCatalogue(this.database, this.world, this.sight, HAS_CHECKS);
    if (isQuiet && this.sight.ddl !== before)
      throw new Divergence(`${this.sight.ddl - before} DDL commands ran for nothing.`);
    await checkDefinitions(this.http, this.world);
    await checkCounts(this.database, this.world, this.sight);
    const isWhole = this.checks % EVERYWHERE === 0;
    const models = [...this.world.models.values()].filter(
      (model) => isWhole || isTouched(this.world, model, this.touched),
    );
    await Promise.all(models.map((model) => checkRows(this.http, this.world, model)));
    this.touched.clear();
  }

  private async send({ method, path, body }: Request): Promise<Answer<ProblemBody>> {
    const answer = await (method === 'delete'
      ? this.http.delete<ProblemBody>(path)
      : this.http[method]<ProblemBody>(path, body));
    this.trace.push(
      `${method.toUpperCase()} ${path} ${body === undefined ? '' : JSON.stringify(body)}\n    → ${answer.status} ${answer.text.slice(0, 600)}`,
    );
    if (answer.status >= 500) throw new Divergence('The server failed.');
    return answer;
  }

  /** Asks for a dry run, which changes nothing. @returns the plan @throws Divergence */
  private async plan(edit: Edit): Promise<ProblemBody | null> {
    const answer = await this.send({ method: 'post', path: '/api/meta/plan', body: edit.change });
    judgePlan(edit, answer);
    return answer.status === 200 ? answer.body : null;
  }

  /** Sends an edit and judges the answer. @returns whether it was accepted @throws Divergence */
  async edit(edit: Edit, planned: ProblemBody | null = null): Promise<boolean> {
    const { prediction, request } = edit;
    let answer = await this.send(request);
    judgeQuestion(edit, planned, answer);
    if (answer.body.code === 'destructive_change') {
      await this.check(true);
      answer = await this.send({ ...request, path: `${request.path}?confirm=${answer.body.plan?.hash}` });
    }
    if (answer.status >= 300) {
      judgeRefusal(edit, answer);
      this.summary.refused(answer.body.code ?? '');
      return false;
    }
    if (prediction.problems.length > 0) {
      throw new Divergence(`It is accepted, although it must be refused: ${JSON.stringify(prediction.problems)}`);
    }
    const former = this.world;
    this.world = await this.identify(prediction.next);
    for (const [id, model] of this.world.models) if (isEdited(former.models.get(id), model)) this.touched.add(id);
    return true;
  }

  /** Puts the ids that the server has given in place of those that the oracle made up. */
  private async identify(world: World): Promise<World> {
    const isNew = (id: string) => id.startsWith('new:');
    if (![...world.models.values()].some(({ id, fields }) => isNew(id) || fields.some((field) => isNew(field.id))))
      return world;
    const { body } = await this.http.get<PageBody<ModelBody>>(`/api/meta/models?app=${world.app}&limit=100`);
    const models = [...world.models.values()].map((model): Model => {
      const found = body.data.find(({ name }) => name === model.name);
      const ids = new Map(
        model.fields.map(({ id, name }) => [id, found?.fields.find((field) => field.name === name)?.id ?? id]),
      );
      const idOf = (id: string) => (isNew(id) ? (ids.get(id) ?? id) : id);
      return {
        ...model,
        id: isNew(model.id) ? (found?.id ?? model.id) : model.id,
        fields: model.fields.map((field) => ({ ...field, id: idOf(field.id) })),
        rows: new Map(
          [...model.rows].map(([id, row]) => [id, new Map([...row].map(([field, cell]) => [idOf(field), cell]))]),
        ),
      };
    });
    return { ...world, models: new Map(models.map((model) => [model.id, model])) };
  }

  /** Sends a write and judges the answer. @throws Divergence */
  async write(write: Write): Promise<void> {
    const answer = await this.send(write.request);
    this.touched.add(write.model);
    const code = answer.status < 300 ? '' : (answer.body.code ?? `${answer.status}`);
    if (!write.codes.includes(code)) {
      throw new Divergence(
        `A write answers ${answer.status} ${code}, not ${JSON.stringify(write.codes)} (${write.wrong.join()})`,
      );
    }
    this.summary.written(code);
    if (code === 'validation_failed') {
      const paths = new Set((answer.body.errors ?? []).map(({ path }) => path.split('.')[0]));
      if (!isDeepStrictEqual(paths, new Set(write.wrong))) {
        throw new Divergence(`It refuses ${[...paths].join()}, not ${write.wrong.join()}`);
      }
    }
    if (code !== '') return;
    this.world = write.next;
    const { rows } = modelOf(this.world, write.model);
    const row = rows.get(write.id);
    if (row === undefined) return;
    const record = answer.body as unknown as RecordBody;
    learnFrom(modelOf(this.world, write.model), row, record);
    if (write.id !== 0) return;
    const id: RowId = record.id;
    rows.delete(0);
    if (rows.has(id)) throw new Divergence(`Record ${id} exists twice.`);
    rows.set(id, row);
  }
}
