import { FIELD_TYPES } from '../../../src/field-types/index.js';
import { operatorsOf } from '../../../src/records/query/operators.js';
import type { Rules } from '../../fixtures/access/policy.js';
import { FIELD_TYPE_FIXTURES } from '../../fixtures/field-types/index.js';

/** Stands in every value of a field that the limited user may not see. */
export const SEALED = 'Sealed7QX';
/** Stands in every record that the limited user may not see. */
export const VEILED = 'Veiled7QX';

/** A field as it is sent to the server, with what the fuzz writes into it. */
interface FuzzField {
  readonly name: string;
  readonly definition: object;
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
  /** Names of the operators of filters that it has. */
  readonly operators: readonly string[];
}

const RELATIONS = ['foreign_key', 'one_to_one', 'many_to_many'];
const operatorsOfType = (name: string): readonly string[] => {
  const kind = FIELD_TYPES.find((type) => type.name === name)?.values;
  return kind === undefined ? [] : [...operatorsOf(kind).keys()];
};

/** One field of each type, by the first way to set it up. */
const PLAIN: readonly FuzzField[] = Object.entries(FIELD_TYPE_FIXTURES)
  .filter(([type]) => !RELATIONS.includes(type))
  .map(([type, fixture]) => {
    const variant = fixture?.variants[0];
    const name = `${type}_value`;
    const { options, choices } = variant ?? {};
    return {
      name,
      definition: { name, type, options, ...(choices === undefined ? {} : { choices }) },
      right: (variant?.valid ?? []).map(([given]) => given),
      wrong: (variant?.invalid ?? []).map(([given]) => given),
      operators: operatorsOfType(type),
    };
  });

const secret = { name: 'secret', type: 'char', unique: true };
const hidden = { name: 'hidden', type: 'boolean', default: false };

/** Two models with everything in them, one with other ids, and one that hardly anybody may see. */
export const MODELS: readonly object[] = [
  {
    app: 'arena',
    name: 'Owner',
    fields: [
      { name: 'name', type: 'char', unique: true },
      secret,
      hidden,
      { name: 'boss', type: 'foreign_key', relatedModel: 'arena.Owner', options: { relatedName: 'staff' } },
    ],
  },
  {
    app: 'arena',
    name: 'Thing',
    fields: [
      { name: 'title', type: 'char', required: true, uniqueTogether: 'place' },
      { name: 'shelf', type: 'integer', uniqueTogether: 'place' },
      secret,
      hidden,
      ...PLAIN.map(({ definition }) => definition),
      { name: 'owner', type: 'foreign_key', relatedModel: 'arena.Owner', options: { relatedName: 'things' } },
      { name: 'friends', type: 'many_to_many', relatedModel: 'arena.Owner', options: { relatedName: 'fans' } },
    ],
  },
  {
    app: 'arena',
    name: 'Sheet',
    primaryKey: 'uuid',
    fields: [
      { name: 'words', type: 'text' },
      { name: 'thing', type: 'one_to_one', relatedModel: 'arena.Thing', options: { relatedName: 'sheet' } },
    ],
  },
  {
    app: 'arena',
    name: 'Note',
    fields: [
      { name: 'words', type: 'text' },
      { name: 'thing', type: 'foreign_key', relatedModel: 'arena.Thing', options: { relatedName: 'notes' } },
    ],
  },
];

export const SHEET_IDS = ['0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e', '11111111-1111-4111-8111-111111111111'];

/** Records by the path of their model, in the order in which they are created. */
export const RECORDS: readonly (readonly [path: string, records: readonly object[]])[] = [
  [
    '/api/arena/owner',
    [
      { name: 'ann', secret: `${SEALED} 1` },
      { name: `bob ${VEILED}`, secret: `${SEALED} 2`, boss: 1, hidden: true },
      { name: 'cyd', secret: `${SEALED} 3`, boss: 2 },
    ],
  ],
  [
    '/api/arena/thing',
    [
      {
        title: 'one',
        shelf: 1,
        secret: `${SEALED} 4`,
        owner: 1,
        friends: [1, 2],
        text_value: `it's`,
        integer_value: 7,
      },
      { title: `two ${VEILED}`, shelf: 2, secret: `${SEALED} 5`, owner: 2, friends: [2], hidden: true },
      { title: 'three', shelf: 3, secret: `${SEALED} 6`, owner: 3, json_value: { a: [1, null, 'x'] } },
    ],
  ],
  [
    '/api/arena/sheet',
    [
      { id: SHEET_IDS[0], words: 'oak', thing: 1 },
      { id: SHEET_IDS[1], words: 'pine', thing: 3 },
    ],
  ],
  ['/api/arena/note', [{ words: `scratched ${VEILED}`, thing: 1 }]],
];

export const TABLES = ['arena_note', 'arena_sheet', 'arena_thing', 'arena_owner'];

/** By its text, because others may change every other value of a record meanwhile. */
const shown = (name: string) => ({ where: { $not: { [name]: { $contains: VEILED } } } });
const thing = {
  ...shown('title'),
  fields: ['title', 'shelf', ...PLAIN.map(({ name }) => name), 'owner', 'friends', 'sheet', 'notes'],
};
const owner = { ...shown('name'), fields: ['name', 'boss', 'staff', 'things', 'fans'] };

const several = (user: User, times: number): readonly User[] => Array.from({ length: times }, () => user);

/** The limited user sees a part of everything, and the editor models but no records. */
export const RULES: Rules = {
  limited: { 'arena.Owner': owner, 'arena.Thing': thing, 'arena.Sheet': true },
  editor: { schema: { schema: true } },
};

/** Who asks for records: above all those who may, and among them the one from whom something is hidden. */
export const USERS: readonly User[] = [...several('limited', 9), ...several('admin', 9), 'editor', 'nobody'];
/** Who changes models. */
export const EDITORS: readonly User[] = [...several('admin', 9), ...several('editor', 9), 'limited', 'nobody'];
export type User = 'limited' | 'admin' | 'editor' | 'nobody';

/** Names of the fields and relations of each model, and where the relations lead. */
const SHAPES: Readonly<
  Record<string, { readonly fields: readonly string[]; readonly relations: Readonly<Record<string, string>> }>
> = {
  owner: {
    fields: ['id', 'name', 'secret', 'hidden', 'boss'],
    relations: { boss: 'owner', staff: 'owner', things: 'thing', fans: 'thing' },
  },
  thing: {
    fields: ['id', 'title', 'shelf', 'secret', 'hidden', ...PLAIN.map(({ name }) => name), 'owner'],
    relations: { owner: 'owner', friends: 'owner', sheet: 'sheet', notes: 'note' },
  },
  sheet: { fields: ['words', 'thing'], relations: { thing: 'thing' } },
  note: { fields: ['id', 'words', 'thing'], relations: { thing: 'thing' } },
};

/** Of the models that the fuzz changes, as long as it has not. */
const LAB_SHAPE = {
  fields: ['id', 'size', 'colour', 'weight'],
  relations: { court: 'court', net: 'net' } as Readonly<Record<string, string>>,
};

const HIDDEN = ['secret', 'hidden', 'notes'];

/** What a request says of a model: the tame one of the limited user nothing that is hidden from it. */
export const namesIn = (model: string, user: User, isTame: boolean) => {
  const { fields, relations } = SHAPES[model] ?? LAB_SHAPE;
  const isSaid = (name: string) => !(isTame && user === 'limited' && HIDDEN.includes(name));
  return {
    fields: fields.filter(isSaid),
    relations: Object.entries(relations).filter(([name]) => isSaid(name)),
  };
};

export const MODEL_NAMES: readonly string[] = Object.keys(SHAPES);

/** What a field takes; of relations, ids. */
const RIGHT: ReadonlyMap<string, readonly unknown[]> = new Map([
  ...PLAIN.map(({ name, right }) => [name, right] as const),
  ['title', ['one', 'three', 'new']],
  ['name', ['ann', 'cyd', 'new']],
  ['words', ['oak', 'pine']],
  ['shelf', [1, 2, 3]],
  ['hidden', [true, false]],
  ['owner', [1, 2, 3, null]],
  ['boss', [1, 2, 3, null]],
  ['thing', [1, 2, 3, null]],
  ['friends', [[1], [1, 2], [], { add: [1] }, { set: [3] }, { remove: [1], add: [2] }]],
  ['id', [1, 2, 3]],
  ['size', [1, 2, null]],
  ['colour', ['red', 'blue', null]],
  ['weight', ['1.50', 2]],
  ['court', [1, 2, null]],
  ['net', [[1], [], { add: [2] }]],
]);
const WRONG: ReadonlyMap<string, readonly unknown[]> = new Map(PLAIN.map(({ name, wrong }) => [name, wrong]));

/** Values for a field: those that it takes, and for wild requests others. */
export const valuesOf = (name: string, isTame: boolean): readonly unknown[] => {
  const right = RIGHT.get(name) ?? [];
  return isTame ? right : [...right, ...(WRONG.get(name) ?? [])];
};

const TEXT_OPERATORS = operatorsOfType('char');
const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map([
  ...PLAIN.map(({ name, operators }) => [name, operators] as const),
  ...['title', 'name', 'words'].map((name) => [name, TEXT_OPERATORS] as const),
  ['shelf', operatorsOfType('integer')],
]);

/** Names of the operators that a filter on a field may have. */
export const operatorsFor = (name: string): readonly string[] => OPERATORS.get(name) ?? ['$eq', '$null', '$in'];
