import { isObject, type Json } from '../../api/json.js';
import { humanize } from './stored/humanize.js';

/** A model as a form or the journal has it; of its fields, what says which is which. */
export interface Comparable {
  readonly fields: readonly {
    readonly name: string;
    readonly id?: unknown;
    readonly key?: unknown;
    readonly type?: unknown;
  }[];
}

/** Something that two versions of a model do not have in common. */
export interface Difference {
  readonly key: string;
  readonly what: string;
  /** Empty where there is nothing. */
  readonly one: string;
  readonly other: string;
}

/** What says nothing to people: how things are kept, and what follows from the rest. */
const HIDDEN = new Set([
  'id',
  'key',
  'fields',
  'tableName',
  'physicalName',
  'formerColumns',
  'relatedModelId',
  'relatedKey',
  'order',
]);

interface Entry {
  readonly what: string;
  readonly value: string;
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  ['[]', '{}'].includes(JSON.stringify(value));

/** Of the rows of a form nothing but what they hold. */
const withoutKeys = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (!isObject(value)) return value;
  const shown = Object.entries(value).filter(([name]) => name !== 'key');
  return Object.fromEntries(shown.map(([name, part]) => [name, withoutKeys(part as Json)]));
};

const written = (value: unknown, yes: string): string => {
  if (isNothing(value)) return '';
  if (value === true) return yes;
  return typeof value === 'string' ? value : JSON.stringify(withoutKeys(value as Json));
};

const properties = (object: object, key: string, what: string, yes: string): readonly (readonly [string, Entry])[] =>
  Object.entries(object)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => [
      `${key}.${name}`,
      { what: what === '' ? humanize(name) : `${what}: ${humanize(name).toLowerCase()}`, value: written(value, yes) },
    ]);

type Field = Comparable['fields'][number];

const keyOf = ({ id, key }: Field): string => String(id ?? key);

/** @param other of a field that only one of both has, its type says enough */
const entriesOf = (model: Comparable, other: Comparable, yes: string): ReadonlyMap<string, Entry> => {
  const known = new Set(other.fields.map(keyOf));
  return new Map([
    ...properties(model, 'model', '', yes),
    ...model.fields.flatMap((field): readonly (readonly [string, Entry])[] =>
      known.has(keyOf(field))
        ? properties(field, keyOf(field), field.name, yes)
        : [[keyOf(field), { what: field.name, value: written(field.type, yes) }]],
    ),
  ]);
};

/** What two versions of a model do not have in common, property by property. @param yes how «true» is written */
export const differences = (one: Comparable, other: Comparable, yes: string): readonly Difference[] => {
  const [first, second] = [entriesOf(one, other, yes), entriesOf(other, one, yes)];
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((key) => {
    const [before, after] = [first.get(key), second.get(key)];
    if ((before?.value ?? '') === (after?.value ?? '')) return [];
    const what = after?.what ?? before?.what ?? '';
    return [{ key, what, one: before?.value ?? '', other: after?.value ?? '' }];
  });
};
