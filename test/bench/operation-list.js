import { hasCheck } from './orders.js';

const toCustomer = { relatedModel: 'bench.Customer' };

/** A change of a field with what takes it back. */
const onField = (title, name, values, undone) => ({
  title,
  change: (meta) => meta.changeField(name, values),
  undo: (meta) => meta.changeField(name, undone),
});

/** A new field, and its end. */
const newField = (title, values) => ({
  title,
  change: (meta) => meta.addField({ name: 'extra', ...values }),
  undo: (meta) => meta.deleteField('extra'),
});

/** What `before` has prepared is changed back. */
const reverse = (title, { change, undo }) => ({ title, before: change, change: undo });

const addConstantDefault = newField('add column, constant default', { type: 'char', default: 'none' });
const setRequired = onField('set required', 'region', { required: true }, { required: false });

/**
 * Every measured operation: `change` is measured; `before` prepares it and `undo` takes it back, so that it can be
 * repeated. `tookPlace` tells whether the database has what the operation is about.
 */
export const OPERATIONS = [
  newField('add column, nullable', { type: 'integer' }),
  addConstantDefault,
  newField('add column, required with default', { type: 'integer', required: true, default: 0 }),
  {
    title: 'rename column',
    change: (meta) => meta.changeField('note', { name: 'remark' }),
    undo: (meta) => meta.changeField('remark', { name: 'note' }),
  },
  reverse('drop column', addConstantDefault),
  setRequired,
  reverse('drop required', setRequired),
  onField('set default', 'status', { default: 'open' }, { default: null }),
  onField('set unique', 'code', { unique: true }, { unique: false }),
  {
    title: 'unique together, two fields',
    change: (meta) => meta.changeFields(['code', 'region'], { uniqueTogether: true }),
    undo: (meta) => meta.changeFields(['code', 'region'], { uniqueTogether: false }),
  },
  onField('create index', 'region', { options: { index: true } }, { options: { index: false } }),
  newField('add foreign key', { type: 'foreign_key', ...toCustomer }),
  newField('many to many on', { type: 'many_to_many', ...toCustomer }),
  {
    title: 'rename table',
    change: (meta) => meta.changeModel({ name: 'Purchase' }),
    undo: (meta) => meta.changeModel({ name: 'Order' }),
  },
  onField('type: char → text', 'title', { type: 'text', options: {} }, { type: 'char', options: {} }),
  onField('type: integer → big_integer', 'counter', { type: 'big_integer' }, { type: 'integer' }),
  onField('type: text → integer', 'digits', { type: 'integer' }, { type: 'text' }),
  onField(
    'type: integer → foreign_key',
    'buyer',
    { type: 'foreign_key', ...toCustomer },
    { type: 'integer', relatedModel: null, options: {} },
  ),
  {
    ...onField('add choices', 'status', { choices: ['open', 'closed'] }, { choices: null }),
    tookPlace: hasCheck,
  },
  {
    ...onField('add min and max', 'quantity', { options: { min: 0, max: 1_000 } }, { options: {} }),
    tookPlace: hasCheck,
  },
  { title: 'plan of text → integer', change: (meta) => meta.planField('digits', { type: 'integer' }) },
];
