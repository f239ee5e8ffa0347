import { classify, convert, FAIL, type Side } from './conversions.js';
import { definitionProblems, isComputed, isSame, type Problem, refusal, type Target } from './definitions.js';
import { isChosen, kindOf, withinLimits } from './kinds.js';
import {
  byId,
  type Cell,
  copyRows,
  type Field,
  isClock,
  isCounter,
  isKey,
  isNotNull,
  isRelation,
  isToMany,
  isUnknown,
  type Json,
  LEARN,
  LEARN_SAME,
  type Model,
  modelOf,
  type Row,
  type RowId,
  uniqueKey,
  uniqueSets,
  withModel,
  type World,
} from './oracle.js';

export interface Remedy {
  readonly action: string;
  readonly value?: Json;
}
export type Remedies = Readonly<Record<string, Remedy>>;

/** What must come of an edit. */
export interface Prediction {
  /** Empty when the edit is accepted; otherwise one of these answers. */
  readonly problems: readonly Problem[];
  /** Whether it needs a confirmation first: `maybe` where nothing that exists can be lost. */
  readonly asks: 'yes' | 'no' | 'maybe';
  /** The world once the edit is accepted. */
  readonly next: World;
}

/** The pair is not documented; such an edit is never sent. */
export class UnsaidError extends Error {}

/** A remedy that is given and offered is used up by the blocker that it answers. */
class Blockers {
  readonly problems: Problem[] = [];
  private readonly used = new Set<string>();

  constructor(private readonly remedies: Remedies) {}

  /** Reports a blocker unless a remedy resolves it, which is then returned. */
  meet(path: string, codes: readonly string[], offered: readonly string[], count?: number): Remedy | null {
    const remedy = this.remedies[path];
    if (remedy && offered.includes(remedy.action)) {
      this.used.add(path);
      return remedy;
    }
    if (remedy) this.problems.push(refusal(400, 'invalid_remedy'));
    // A remedy may lead to the next blocker of the same field, which it does not answer.
    if (!remedy || this.used.has(path))
      this.problems.push({ status: 409, codes, path, remedies: offered, ...(count !== undefined && { count }) });
    return null;
  }
}

const sideOf = (world: World, field: Field): Side => {
  if (!isRelation(field)) return { field, key: null };
  return { field, key: modelOf(world, field.related ?? '').primaryKey === 'uuid' ? 'uuid' : 'number' };
};

/** The value that is kept for one that is given. */
export const cellOf = (field: Field, given: Json): Cell => {
  const shown = JSON.stringify(given);
  if (given === null || isRelation(field)) return given;
  const sample = kindOf(field.type).samples.find((pair) => JSON.stringify(pair[0]) === shown);
  if (field.type !== 'decimal') return sample === undefined ? given : sample[1];
  const converted = convert(given, { field: { ...field, type: 'char' }, key: null }, { field, key: null });
  return converted === FAIL ? given : converted;
};

/** What a new field has in records that exist already, or that do not give it. */
export const initialCell = (field: Field): Cell => {
  if (isClock(field) || (isComputed(field) && field.type !== 'uuid')) return LEARN_SAME;
  if (isCounter(field) || isComputed(field)) return LEARN;
  return isToMany(field) ? [] : cellOf(field, field.default);
};

const isEmpty = (cell: Cell): boolean => cell === null || (Array.isArray(cell) && cell.length === 0);
const nullable = (field: Field): readonly string[] => (isNotNull(field) ? [] : ['nullify']);

/** Rows while they are brought to a new definition; each step leaves them as they are in the end. */
class Transformation {
  readonly rows: Map<RowId, Row>;
  readonly blockers: Blockers;

  constructor(
    private readonly world: World,
    private readonly before: Model,
    private readonly target: Target,
    remedies: Remedies,
  ) {
    this.rows = copyRows(before.rows);
    this.blockers = new Blockers(remedies);
  }

  run(): void {
    for (const field of this.target.fields) {
      const former = this.before.fields.find(({ id }) => id === field.id);
      if (former === undefined) this.fill(field);
      else if (isRelation(former) && former.type === field.type && former.related !== field.related)
        this.retarget(field);
      else this.convert(former, field);
      if (isKey(field)) this.relate(field);
      else this.restrict(field);
      this.require(field);
    }
    for (const former of this.before.fields.filter(({ id }) => !this.target.fields.some((field) => field.id === id))) {
      for (const row of this.rows.values()) row.delete(former.id);
    }
    for (const fields of uniqueSets({ ...this.before, fields: this.target.fields })) this.distinguish(fields);
  }

  private values(field: Field): [Row, Cell][] {
    return [...this.rows.values()].map((row) => [row, row.get(field.id) ?? null]);
  }

  private fill(field: Field): void {
    for (const row of this.rows.values()) row.set(field.id, initialCell(field));
  }

  private retarget(field: Field): void {
    const used = this.values(field).filter(([, cell]) => !isEmpty(cell));
    if (used.length === 0) return;
    this.blockers.meet(field.name, ['related_model_changed'], nullable(field), used.length);
    for (const [row] of used) row.set(field.id, isToMany(field) ? [] : null);
  }

  private convert(former: Field, field: Field): void {
    if (former.type === field.type && isSame(former.options, field.options)) return;
    const [from, to] = [sideOf(this.world, former), sideOf(this.world, field)];
    const failed: Row[] = [];
    // What is no choice of a type of choices has no place in it, whereas choices of another type are a limit to it.
    const mustBeChosen = former.type !== field.type && ['choice', 'multiple_choice'].includes(field.type);
    for (const [row, cell] of this.values(field)) {
      const read = convert(cell, from, to);
      const isRefused = read !== null && read !== FAIL && mustBeChosen && !isChosen(field, read);
      const converted = isRefused ? FAIL : read;
      if (converted === FAIL) failed.push(row);
      row.set(field.id, converted === FAIL ? null : converted);
    }
    if (failed.length === 0) return;
    this.repair(field, failed, ['unconvertible_values']);
  }

  /** Gives the rows that have no valid value what a remedy says, or null. */
  private repair(field: Field, rows: readonly Row[], codes: readonly string[]): void {
    const remedy = this.blockers.meet(field.name, codes, ['default', ...nullable(field)], rows.length);
    const cell = remedy?.action === 'default' ? cellOf(field, remedy.value ?? null) : null;
    // Nothing more is said about rows that a blocker has reported already.
    for (const row of rows) row.set(field.id, remedy === null ? LEARN : cell);
  }

  private relate(field: Field): void {
    const target = field.related === this.before.id ? this.rows : modelOf(this.world, field.related ?? '').rows;
    const lost = this.values(field).filter(
      ([, cell]) => cell !== null && !isUnknown(cell) && !target.has(cell as RowId),
    );
    if (lost.length > 0)
      this.repair(
        field,
        lost.map(([row]) => row),
        ['related_record_missing'],
      );
  }

  private restrict(field: Field): void {
    const refused = this.values(field).filter(
      ([, cell]) => cell !== null && !isUnknown(cell) && !(isChosen(field, cell) && withinLimits(field, cell)),
    );
    if (refused.length > 0)
      this.repair(
        field,
        refused.map(([row]) => row),
        ['refused_values'],
      );
  }

  private require(field: Field): void {
    if (!isNotNull(field)) return;
    const empty = this.values(field).filter(([, cell]) => cell === null);
    if (empty.length === 0) return;
    const remedy = this.blockers.meet(field.name, ['rows_without_value'], ['backfill'], empty.length);
    for (const [row] of empty) row.set(field.id, remedy === null ? LEARN : cellOf(field, remedy.value ?? null));
  }

  private distinguish(fields: readonly Field[]): void {
    const path = fields.map(({ name }) => name).join(', ');
    const optional = fields.findLast((field) => !isNotNull(field));
    const groups = new Map<string, RowId[]>();
    for (const [id, row] of [...this.rows].sort(([left], [right]) => byId(left, right))) {
      const key = uniqueKey(fields, row);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), id]);
    }
    const repeated = [...groups.values()].filter((ids) => ids.length > 1);
    if (repeated.length === 0) return;
    const offered = ['keepLatest', 'keepOldest', ...(optional ? ['nullify'] : [])];
    const remedy = this.blockers.meet(path, ['duplicate_values'], offered, repeated.length);
    for (const ids of repeated) {
      const others = remedy?.action === 'keepLatest' ? ids.slice(0, -1) : ids.slice(1);
      for (const id of others) {
        if (remedy?.action === 'nullify' && optional) this.rows.get(id)?.set(optional.id, null);
        else if (remedy) this.rows.delete(id);
      }
    }
  }
}

const classOf = (world: World, former: Field, field: Field): 'runs' | 'lossy' | 'impossible' => {
  const isRetargeted = isRelation(former) && former.type === field.type && former.related !== field.related;
  const found = isRetargeted ? 'runs' : classify(sideOf(world, former), sideOf(world, field));
  if (found === 'unsaid') throw new UnsaidError(`${former.type} to ${field.type}`);
  return found;
};

/** What must come of turning a model into the target; a drop that is `explicit` needs no confirmation. @throws UnsaidError */
export const predict = (
  world: World,
  before: Model,
  target: Target,
  remedies: Remedies = {},
  explicit = false,
): Prediction => {
  const wrong = definitionProblems(world, before.id, target);
  if (wrong.length > 0) return { problems: wrong, asks: 'no', next: world };

  const kept = target.fields.flatMap((field) => {
    const former = before.fields.find(({ id }) => id === field.id);
    return former === undefined ? [] : [{ former, field, verdict: classOf(world, former, field) }];
  });
  if (kept.some(({ verdict }) => verdict === 'impossible')) {
    return { problems: [refusal(400, 'type_change_impossible')], asks: 'no', next: world };
  }

  const lossy = kept.filter(({ verdict }) => verdict === 'lossy');
  const losesValues = lossy.some(({ former }) =>
    [...before.rows.values()].some((row) => !isEmpty(row.get(former.id) ?? null)),
  );
  const drops = !explicit && kept.length < before.fields.length;
  const transformation = new Transformation(world, before, target, remedies);
  transformation.run();
  const after = { ...before, ...target, rows: transformation.rows };
  return {
    problems: transformation.blockers.problems,
    asks: drops || losesValues ? 'yes' : lossy.length > 0 ? 'maybe' : 'no',
    next: withModel(world, after),
  };
};
