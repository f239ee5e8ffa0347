import type { Random } from '../../fuzz/random.js';
import { type Asked, ask, isDone } from '../kit/ask.js';
import type { ClusterNode } from '../kit/cluster-node.js';
import { type Ledger, type LoadField, valueOf } from './ledger.js';

/** A change of the model `load.Item`. */
export interface Change {
  readonly kind: string;
  readonly asked: Asked;
  /** Whether a node shows it; `version` is that of the answer. */
  isShown(node: ClusterNode, version: number): Promise<boolean>;
  /** To be called when it is made. */
  note(answer: unknown): void;
}

export const MODEL = '/api/meta/models/load.Item';
export const RECORDS = '/api/load/item';
const FEWEST = 4;
const MOST = 9;
const WIDER: Readonly<Record<string, string>> = { char: 'text', integer: 'big_integer', big_integer: 'text' };

/** Nothing is written: there is no such record, and the answer tells what the node knows. */
const knows = async (node: ClusterNode, version: number): Promise<boolean> =>
  (await ask(node, { method: 'PATCH', path: `${RECORDS}/999999999`, body: {} })).version >= version;

const isSelectable = async (node: ClusterNode, name: string): Promise<boolean> =>
  isDone(await ask(node, { method: 'GET', path: `${RECORDS}?select=${name}&limit=1&count=none` }));

const patch = (ledger: Ledger, kind: string, field: LoadField, body: object, next: Partial<LoadField>): Change => ({
  kind,
  asked: { method: 'PATCH', path: `/api/meta/fields/${field.id}`, body },
  isShown: knows,
  note: () => ledger.put({ ...field, ...next }),
});

const add = (ledger: Ledger, random: Random): Change | null => {
  if (ledger.fields.length >= MOST) return null;
  const name = ledger.newName();
  const type = random.pick(['char', 'char', 'integer', 'foreign_key']);
  const field = { number: ledger.newNumber(), id: '', name, type, isRequired: false, isUnique: false };
  ledger.announce(name, field);
  const relation = type === 'foreign_key' ? { relatedModel: 'load.Parent' } : {};
  return {
    kind: type === 'foreign_key' ? 'add a relation' : 'add',
    asked: { method: 'POST', path: `${MODEL}/fields`, body: { name, type, ...relation } },
    isShown: (node) => isSelectable(node, name),
    note: (answer) => ledger.put({ ...field, id: String(Object(answer).id) }),
  };
};

const drop = (ledger: Ledger, random: Random): Change | null => {
  const field = ledger.fields.length <= FEWEST ? undefined : ledger.pick(random, () => true);
  if (field === undefined) return null;
  // Whoever writes it from now on is refused, sooner or later.
  ledger.remove(field);
  return {
    kind: 'drop',
    asked: { method: 'DELETE', path: `/api/meta/fields/${field.id}` },
    isShown: async (node) => !(await isSelectable(node, field.name)),
    note: () => undefined,
  };
};

const rename = (ledger: Ledger, random: Random): Change | null => {
  const field = ledger.pick(random, () => true);
  if (field === undefined) return null;
  const name = ledger.newName();
  ledger.announce(name, field);
  const change = patch(ledger, 'rename', field, { name }, { name });
  return { ...change, isShown: (node) => isSelectable(node, name) };
};

const retype = (ledger: Ledger, random: Random): Change | null => {
  const field = ledger.pick(random, ({ type }) => type in WIDER);
  const type = WIDER[field?.type ?? ''];
  if (field === undefined || type === undefined) return null;
  return patch(ledger, 'retype', field, { type }, { type });
};

const unique = (ledger: Ledger, random: Random): Change | null => {
  // What was filled in is there many times.
  const field = ledger.pick(random, ({ type, isRequired }) => type !== 'foreign_key' && !isRequired);
  return field === undefined
    ? null
    : patch(ledger, 'unique', field, { unique: !field.isUnique }, { isUnique: !field.isUnique });
};

const required = (ledger: Ledger, random: Random): Change | null => {
  const field = ledger.pick(random, ({ isUnique }) => !isUnique);
  if (field === undefined) return null;
  const isRequired = !field.isRequired;
  const remedies = { [field.name]: { action: 'backfill', value: valueOf(field, 0) } };
  const body = { required: isRequired, ...(isRequired && { remedies }) };
  return patch(ledger, 'required', field, body, { isRequired });
};

const KINDS = [add, drop, rename, retype, unique, required];

/** The next change: each kind in its turn, as far as there is something for it to do. */
export const nextChange = (ledger: Ledger, random: Random, position: number): Change => {
  for (let turn = position; ; turn += 1) {
    const change = KINDS[turn % KINDS.length]?.(ledger, random);
    if (change) return change;
  }
};
