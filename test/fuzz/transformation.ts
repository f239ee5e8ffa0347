import type { Side } from './classes.js';
import { convert, FAIL, UnsaidError } from './conversions.js';
import { isComputed, isSame, type Target } from './definitions.js';
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
  pointersTo,
  type Row,
  type RowId,
  uniqueKey,
  uniqueSets,
  type World,
} from './oracle.js';
import { Blockers, type Remedies } from './remedies.js';

const KEYS = { auto: 'integer', big_auto: 'big_integer', uuid: 'uuid' } as const;

export const sideOf = (world: World, field: Field): Side => {
  if (!isRelation(field)) return { field, key: null };
  return { field, key: KEYS[modelOf(world, field.related ?? '').primaryKey] };
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

export const isEmpty = (cell: Cell): boolean => cell === null || (Array.isArray(cell) && cell.length === 0);
const nullable = (field: Field): readonly string[] => (isNotNull(field) ? [] : ['nullify']);

/** Choices are limits themselves, so that nothing else is asked for. */
const isAllowed = (field: Field, cell: Cell): boolean =>
  field.choices.length > 0 ? isChosen(field, cell) : withinLimits(field, cell);

/** Rows while they are brought to a new definition; each step leaves them as they are in the end. */
export class Transformation {
  readonly rows: Map<RowId, Row>;
  readonly blockers: Blockers;

  constructor(
    private readonly world: World,
    private readonly before: Model,
    private readonly target: Target,
    remedies: Remedies,
  ) {
    this.rows = copyRows(before.rows);
    this.blockers = new Blockers(world, remedies);
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
    // Of a relation to many, each of the related records is a value.
    const count = used.reduce((sum, [, cell]) => sum + [cell].flat().length, 0);
    const remedy = this.blockers.meet(field, field.name, 'related_model_changed', nullable(field), count);
    for (const [row] of used) row.set(field.id, isToMany(field) ? [] : remedy === null ? LEARN : null);
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
    this.repair(field, failed, 'unconvertible_values');
  }

  /** Gives the rows that have no valid value what a remedy says, or null. */
  private repair(field: Field, rows: readonly Row[], code: string): void {
    const remedy = this.blockers.meet(field, field.name, code, ['default', ...nullable(field)], rows.length);
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
        'related_record_missing',
      );
  }

  private restrict(field: Field): void {
    const refused = this.values(field).filter(
      ([, cell]) => cell !== null && !isUnknown(cell) && !isAllowed(field, cell),
    );
    if (refused.length > 0)
      this.repair(
        field,
        refused.map(([row]) => row),
        'refused_values',
      );
  }

  private require(field: Field): void {
    if (!isNotNull(field)) return;
    const empty = this.values(field).filter(([, cell]) => cell === null);
    if (empty.length === 0) return;
    const remedy = this.blockers.meet(field, field.name, 'rows_without_value', ['backfill'], empty.length);
    for (const [row] of empty) row.set(field.id, remedy === null ? LEARN : cellOf(field, remedy.value ?? null));
  }

  /** Which record is the older is known of counted ids alone, and those that others refer to stay. */
  private mayDelete(): boolean {
    const { id, primaryKey } = this.before;
    const isReferredTo = pointersTo(this.world, id).length > 0;
    // What counts while the last relation comes or goes is not said.
    if (!isReferredTo && this.target.fields.some(({ related }) => related === id))
      throw new UnsaidError('new relation');
    return primaryKey !== 'uuid' && !isReferredTo;
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
    const offered = [...(this.mayDelete() ? ['keepLatest', 'keepOldest'] : []), ...(optional ? ['nullify'] : [])];
    const remedy = this.blockers.meet(null, path, 'duplicate_values', offered, repeated.length);
    for (const ids of repeated) {
      const others = remedy?.action === 'keepLatest' ? ids.slice(0, -1) : ids.slice(1);
      for (const id of others) {
        if (remedy?.action === 'nullify' && optional) this.rows.get(id)?.set(optional.id, null);
        else if (remedy) this.rows.delete(id);
      }
    }
  }
}
