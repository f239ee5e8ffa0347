import { requireWithin } from './limits.js';
import { mistake } from './mistakes.js';
import type { RecordField } from './record-field.js';
import type { RecordModel } from './record-model.js';
import type { RecordRelation } from './record-relation.js';
import type { Source } from './source.js';

/** Where a dotted name leads: over relations to a field, or to a relation. */
export interface Path {
  readonly name: string;
  readonly hops: readonly RecordRelation[];
  /** Undefined where the last name is a relation that no column of the model holds. */
  readonly field: RecordField | undefined;
  /** The relation that the last name stands for, if it does. */
  readonly relation: RecordRelation | undefined;
}

/** A path with exactly one value, or none, for each record. */
export interface ValuePath {
  readonly name: string;
  readonly hops: readonly RecordRelation[];
  readonly field: RecordField;
}

/** A name as a message repeats it. */
export const shown = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name);

const unknown = (at: string, model: RecordModel, name: string) =>
  mistake(at, 'unknown_field', `"${model.name}" has no field "${shown(name)}".`);

/** The model behind a relation, when a path may go on there. @throws InvalidQueryError */
export const crossed = (at: string, model: RecordModel, relation: RecordRelation | undefined, name: string) => {
  if (relation === undefined) throw unknown(at, model, name);
  const { target } = relation;
  if (target?.isOpen) return target;
  const message = `"${shown(name)}" of "${model.name}" can only be read as ids: no path leads on from there.`;
  throw mistake(at, 'unknown_field', message);
};

/** Resolves a dotted name against a model. @param at where the request has it @throws InvalidQueryError */
export const resolvePath = (model: RecordModel, name: string, at: string): Path => {
  const names = name.split('.');
  requireWithin('pathDepth', names.length, at);
  const last = names.pop() ?? '';
  const hops: RecordRelation[] = [];
  let owner = model;
  for (const hop of names) {
    const relation = owner.relations.get(hop);
    owner = crossed(at, owner, relation, hop);
    if (relation !== undefined) hops.push(relation);
  }
  const [field, relation] = [owner.fields.get(last), owner.relations.get(last)];
  if (field === undefined && relation === undefined) throw unknown(at, owner, last);
  return { name, hops, field, relation };
};

/** Resolves a path to a single value, to sort or to group by. @throws InvalidQueryError */
export const resolveValue = (model: RecordModel, name: string, at: string): ValuePath => {
  const { hops, field, relation } = resolvePath(model, name, at);
  const many = [...hops, ...(relation === undefined ? [] : [relation])].find(({ isMany }) => isMany);
  if (many !== undefined) {
    const message = `"${shown(name)}" has many values for one record, because "${many.name}" does. Name a single one.`;
    throw mistake(at, 'invalid_value', message);
  }
  if (field !== undefined) return { name, hops, field };
  const id = relation?.target?.id;
  if (relation === undefined || id === undefined) throw unknown(at, model, name);
  return { name, hops: [...hops, relation], field: id };
};

/** SQL of the value for the record that `source` reads. */
export const columnOf = ({ hops, field }: ValuePath, source: Source): string =>
  hops.reduce((reached, hop) => reached.join(hop), source).column(field);

/** Whether a record may have no such value. */
export const isNullable = ({ hops, field }: ValuePath): boolean => hops.length > 0 || field.nullable;
